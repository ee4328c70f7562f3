import type { Command } from 'commander';
import { HubError } from '../shared/kernel/index.js';
import {
  runVersionCommand,
  submitAndWait,
  type VersionFlags,
  withVersionOptions,
} from './versions/run-version-command.js';

interface RollbackFlags extends VersionFlags {
  readonly reason: string;
  readonly wait: string;
}

/** `sharehub rollback`: submits an earlier version of a subgraph once more. */
export function register(program: Command): void {
  const command = program
    .command('rollback')
    .description(
      'submit an earlier version of a subgraph once more; another person puts it in force with `publish --version`',
    )
    .argument('<subgraph>', 'name of the subgraph')
    .argument('<number>', 'number of the version, as `status` shows it')
    .requiredOption('--reason <text>', 'why')
    .option('--wait <seconds>', 'longest wait for the check', '60');
  withVersionOptions(command).action((subgraph: string, text: string, flags: RollbackFlags) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
      throw new HubError('BAD_USER_INPUT', `A version has a number such as 3, not ${JSON.stringify(text)}.`);
    return runVersionCommand(flags, (client) => {
      const variables = { subgraph, number, reason: flags.reason };
      const parameters = '$subgraph: String!, $number: Int!, $reason: String!';
      return submitAndWait(client, client.act('rollbackSubgraph', parameters, variables), flags.wait);
    });
  });
}

import type { Command } from 'commander';
import {
  submitAndWait,
  runVersionCommand,
  type VersionFlags,
  withVersionOptions,
} from './versions/run-version-command.js';

interface RetireFlags extends VersionFlags {
  readonly reason: string;
  readonly wait: string;
}

/** `sharehub retire`: submits the end of a subgraph. It is checked like a version, since others may rest on it. */
export function register(program: Command): void {
  const command = program
    .command('retire')
    .description('submit the end of a subgraph; another person puts it in force with `publish --version`')
    .argument('<subgraph>', 'name of the subgraph')
    .requiredOption('--reason <text>', 'why')
    .option('--wait <seconds>', 'longest wait for the check', '60');
  withVersionOptions(command).action((subgraph: string, flags: RetireFlags) =>
    runVersionCommand(flags, (client) => {
      const variables = { subgraph, reason: flags.reason };
      const submitted = client.act('retireSubgraph', '$subgraph: String!, $reason: String!', variables);
      return submitAndWait(client, submitted, flags.wait);
    }),
  );
}

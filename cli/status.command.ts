import type { Command } from 'commander';
import { runVersionCommand, type VersionFlags, withVersionOptions } from './versions/run-version-command.js';

/** `sharehub status`: the versions of the own department's subgraphs and what their checks found. */
export function register(program: Command): void {
  const command = program
    .command('status')
    .description('list the versions of your subgraphs, and what their checks found')
    .argument('[subgraph]', 'versions of this subgraph alone');
  withVersionOptions(command).action((subgraph: string | undefined, flags: VersionFlags) =>
    runVersionCommand(flags, (client) => client.list(subgraph)),
  );
}

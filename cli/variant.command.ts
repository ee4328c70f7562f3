import type { Command } from 'commander';
import { trySubgraph, withTryOptions, type TryFlags } from './variant/try-subgraph.js';

/** `sharehub dev` as a department has it. */
export function register(program: Command): void {
  const command = program
    .command('dev')
    .description(
      'let the hub answer your own department with the subgraph on this machine, until the command ends; nobody else sees it',
    )
    .argument('<subgraph>', 'name of the subgraph');
  withTryOptions(command).action((subgraph: string, flags: TryFlags) => trySubgraph(subgraph, flags));
}

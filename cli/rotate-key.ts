import type { Command } from 'commander';
import { askAsPerson, withPersonOption } from './ask-as-person.js';

interface RotationFlags {
  readonly subgraph: string;
  readonly reason: string;
  readonly overlapHours: string;
  readonly url?: string;
  readonly json?: boolean;
}
interface RotationResult {
  readonly key: { readonly subgraph: string; readonly number: number; readonly overlapEndsAt: string } | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

const ROTATE = `mutation ($subgraph: String!, $reason: String!, $overlapHours: Int!) {
  result: rotateSubgraphKey(subgraph: $subgraph, reason: $reason, overlapHours: $overlapHours) {
    key { subgraph number overlapEndsAt } refusal { code message } } }`;

/** `sharehub key` as a department has it: it rotates keys, and the operator alone prints them. */
export const register = (program: Command): void =>
  registerRotation(program.command('key').description('rotate the key that the hub shares with your subgraph'));

/** `sharehub key rotate`: gives a subgraph its next key. The one before holds until the overlap is over. */
export function registerRotation(parent: Command): void {
  withPersonOption(
    parent
      .command('rotate')
      .description('give a subgraph its next key; the one before ends by itself after the overlap'),
  )
    .requiredOption('--subgraph <name>', 'name of the subgraph')
    .requiredOption('--reason <text>', 'why')
    .option('--overlap-hours <hours>', 'time for which the key before holds too', '168')
    .option('--json', 'print the rotation as JSON')
    .option('--url <address>', "the hub's address, where it is not the configured one")
    .action(async ({ subgraph, reason, overlapHours, url, json }: RotationFlags) => {
      const variables = { subgraph, reason, overlapHours: Number(overlapHours) };
      const { key, refusal } = await askAsPerson<RotationResult>(url, ROTATE, variables);
      if (!key) process.exitCode = 1;
      if (json) process.stdout.write(`${JSON.stringify(key ?? { refusal }, null, 2)}\n`);
      else if (!key) process.stderr.write(`${refusal!.code}: ${refusal!.message}\n`);
      else
        process.stdout.write(
          `${subgraph} has its key number ${key.number}; the one before holds until ${key.overlapEndsAt}.\n` +
            `The operator prints both: sharehub key --subgraph ${subgraph}\n`,
        );
    });
}

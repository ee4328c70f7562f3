import type { Command } from 'commander';
import { askHub } from './ask-hub.js';
import { type RequestFlags, toRequest, withRequestOptions } from './request-options.js';

/** `sharehub query`: prints the hub's answer as JSON. Items that are refused are part of an answer; the exit code is 1
 *  only when there is no answer at all. */
export function register(program: Command): void {
  withRequestOptions(program.command('query').description('ask the hub, and print the answer as JSON')).action(
    async (query: string, flags: RequestFlags) => {
      const answer = await askHub('/graphql', toRequest(query, flags));
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
      if (!('data' in answer)) process.exitCode = 1;
    },
  );
}

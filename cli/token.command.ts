import type { Command } from 'commander';
import { requestToken } from './ask-hub.js';

/** `sharehub token`: prints an access token and nothing else, ready for a header. */
export function register(program: Command): void {
  program
    .command('token')
    .description('print an access token of a registered system')
    .requiredOption('--as <system>', 'system (OpenID client id)')
    .action(async ({ as }: { as: string }) => {
      const { accessToken } = await requestToken(as);
      process.stdout.write(`${accessToken}\n`);
    });
}

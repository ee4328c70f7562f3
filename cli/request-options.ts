import type { Command } from 'commander';

/** The options that `query` and `explain` share. */
export const withRequestOptions = (command: Command): Command =>
  command
    .argument('<graphql>', 'the operation')
    .requiredOption('--as <system>', 'system that asks (OpenID client id)')
    .option('--scenario <code>', 'scenario (purpose) under which it asks')
    .option('--variables <json>', 'variables of the operation, a JSON object')
    .option('--url <address>', "the hub's address, where it is not the configured one");

import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { subgraphKey } from '../shared/trust/signed-context.js';
import { requireKnownSubgraph } from './require-known-subgraph.js';

/** `sharehub key`: the key that the hub shares with one subgraph, for a provider that runs its subgraph elsewhere. */
export function register(program: Command): void {
  program
    .command('key')
    .description("print the key under which the hub signs one subgraph's contexts, base64url")
    .requiredOption('--subgraph <name>', 'name of the subgraph: on the list, or one that a department may publish')
    .action(async ({ subgraph }: { subgraph: string }) => {
      const config = readConfig();
      await requireKnownSubgraph(config, subgraph);
      const key = subgraphKey(await openHubSecret(config.DATA_DIR, config.HUB_SECRET), subgraph);
      process.stdout.write(`${key.export().toString('base64url')}\n`);
    });
}

import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { HubError } from '../shared/kernel/index.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { HubKeys, writeSubgraphKeys } from '../shared/trust/subgraph-keys.js';
import { governanceKeys } from './governance-keys.js';
import { requireKnownSubgraph } from './require-known-subgraph.js';
import { registerRotation } from './rotate-key.js';

/** `sharehub key`: the key that the hub shares with one subgraph, for a provider that runs its subgraph elsewhere. */
export function register(program: Command): void {
  const command = program
    .command('key')
    // `rotate` has options of the same names; both commands above it must leave them alone.
    .enablePositionalOptions()
    .description(
      "print the key under which the hub signs one subgraph's contexts, base64url; after a rotation the older one too, with the time of its end",
    )
    .option('--subgraph <name>', 'name of the subgraph: on the list, or one that a department may publish')
    .action(async ({ subgraph }: { subgraph?: string }) => {
      if (subgraph === undefined) throw new HubError('BAD_USER_INPUT', 'Name the subgraph by --subgraph.');
      const config = readConfig();
      await requireKnownSubgraph(config, subgraph);
      const versions = await governanceKeys(config)();
      const keys = new HubKeys(await openHubSecret(config.DATA_DIR, config.HUB_SECRET));
      process.stdout.write(`${writeSubgraphKeys(keys.held(subgraph, versions, Date.now()))}\n`);
    });
  registerRotation(command);
}

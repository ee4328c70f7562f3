import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { prepareGateway } from './keep-gateway.js';
import { untilStopped } from './until-stopped.js';

/** `sharehub start`: everything in one go, for trying it and for development. */
export function register(program: Command): void {
  program
    .command('start')
    .description('start database, demo data, subgraphs, OpenID provider and gateway; Ctrl-C stops them all')
    .action(async () => {
      const config = readConfig();
      // The gateway's process loads its modules while the rest loads and starts here.
      const gateway = prepareGateway(config.PORT);
      const { startAll } = await import('./start-all.js');
      await untilStopped(() => startAll(config, gateway));
    });
}

import type { Command } from 'commander';
import { readConfig } from '../shared/config/config.js';
import { checkSettings } from './launch/check-settings.js';
import { lockDataDir } from './launch/lock-data-dir.js';
import { superviseGateway } from './launch/supervise-gateway.js';
import { runUntilStopped } from './run-until-stopped.js';

/** `sharehub start`: everything in one go, for trying it and for development. */
export function register(program: Command): void {
  program
    .command('start')
    .description('start database, demo data, subgraphs, OpenID provider and gateway; Ctrl-C stops them all')
    .action(async () => {
      const config = readConfig();
      await checkSettings(config, true);
      const release = lockDataDir(config.DATA_DIR);
      await runUntilStopped(async (signals) => {
        // The gateway's process loads its modules while the rest loads and starts here.
        const gateway = superviseGateway(config.PORT, { hurrying: signals.hurrying });
        const { startAll } = await import('./launch/start-all.js');
        return startAll(config, gateway, signals);
      });
      release();
    });
}

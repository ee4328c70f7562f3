import { Option, type Command } from 'commander';
import pino from 'pino';
import { openComparison } from '../gateway/comparison/index.js';
import { openQuality } from '../gateway/quality/index.js';
import { readConfig } from '../shared/config/config.js';
import { startWorker } from '../worker/index.js';
import { checkSettings } from './launch/check-settings.js';
import { listedSchemas } from './launch/listed-schemas.js';
import { versionChecker } from './launch/version-checker.js';
import { runUntilStopped } from './run-until-stopped.js';

/** `sharehub worker`: the work behind the answers. */
export function register(program: Command): void {
  program
    .command('worker')
    .description(
      'ship evidence into the database, sign what is written there, push uses to providers, watch deadlines, propose consents of what schemas say, check versions of subgraphs, compare items of two departments, judge the quality of records, load files of departments; runs until it is stopped',
    )
    .addOption(
      new Option('--addresses <json>', 'where subgraphs run that the hub has started')
        .argParser(readAddresses)
        .hideHelp(),
    )
    .action(async ({ addresses = new Map() }: { addresses?: ReadonlyMap<string, string> }) => {
      const config = readConfig();
      // One that the hub restarts goes on without a folder that is away for a while.
      if (!process.send) await checkSettings(config, false);
      const logger = pino({ level: config.LOG_LEVEL, base: { of: 'worker' } }, pino.destination(2));
      await runUntilStopped(async () => {
        const worker = await startWorker(config, logger, {
          readSchemas: await listedSchemas(config, addresses),
          checkVersion: await versionChecker(config, addresses),
          openComparison: (database) => openComparison(config, database, addresses, logger),
          openQuality: (database) => openQuality(config, database, addresses, logger),
        });
        process.send?.({ ready: 'worker' });
        return () => worker.stop();
      });
    });
}

const readAddresses = (json: string): ReadonlyMap<string, string> =>
  new Map(Object.entries(JSON.parse(json) as Record<string, string>));

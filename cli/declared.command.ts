import type { Command } from 'commander';
import pino from 'pino';
import { readConfig, type Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { openTables, startDeclaredResources } from './launch/start-declared.js';
import { StartedParts } from './launch/started-parts.js';
import { runUntilStopped, type StopSignals } from './run-until-stopped.js';

/** `sharehub declared`: declared resources alone, in a process of their own. */
export function register(program: Command): void {
  program
    .command('declared')
    .description('serve the resources that departments declare and the hub keeps; runs until it is stopped')
    .action(async () => {
      const config = readConfig();
      await runUntilStopped((signals) => serve(config, signals));
    });
}

async function serve(config: Config, signals: StopSignals): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'declared' } }, pino.destination(2));
  const started = new StartedParts(logger, signals);
  try {
    const server = await openDatabaseServer({
      dataDir: config.DATA_DIR,
      databaseUrl: config.DATABASE_URL,
      signal: signals.stopping,
    });
    await started.addDatabase(server);
    const governance = config.GOVERNANCE_DATABASE_URL ?? server.url('governance');
    const { url } = await startDeclaredResources(config, await openTables(config, server), governance, logger, started);
    process.stdout.write(`ready ${url}\n`);
    process.send?.({ ready: url });
    return () => started.stop();
  } catch (error) {
    await started.stop();
    throw error;
  }
}

import pino, { type Logger } from 'pino';
import { readConfig, type Config } from '../shared/config/config.js';
import { type DatabaseServer, openDatabaseServer } from '../shared/database/index.js';
import { StartedParts } from './launch/started-parts.js';
import { runUntilStopped, type StopSignals } from './run-until-stopped.js';

/** Runs parts of the hub on its database server in this process until it is stopped. When one cannot start, those before it
 *  are stopped again.
 *  @param of     name in the log
 *  @param start  starts them; what it adds to `started` is stopped */
export const runOnDatabase = (
  of: string,
  start: (config: Config, server: DatabaseServer, logger: Logger, started: StartedParts) => Promise<void>,
): Promise<void> => {
  const config = readConfig();
  return runUntilStopped((signals) => open(of, config, signals, start));
};

async function open(
  of: string,
  config: Config,
  signals: StopSignals,
  start: Parameters<typeof runOnDatabase>[1],
): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of } }, pino.destination(2));
  const started = new StartedParts(logger, signals);
  try {
    const server = await openDatabaseServer({
      dataDir: config.DATA_DIR,
      databaseUrl: config.DATABASE_URL,
      signal: signals.stopping,
    });
    await started.addDatabase(server);
    await start(config, server, logger, started);
    return () => started.stop();
  } catch (error) {
    await started.stop();
    throw error;
  }
}

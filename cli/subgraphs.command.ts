import type { Command } from 'commander';
import pino from 'pino';
import { readConfig, type Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { startSubgraphs } from './launch/start-subgraphs.js';
import { StartedParts } from './launch/started-parts.js';
import { runUntilStopped, type StopSignals } from './run-until-stopped.js';

/** `sharehub subgraphs`: the subgraphs alone, in one process. */
export function register(program: Command): void {
  program
    .command('subgraphs')
    .description('start the subgraphs of the list that this package holds; runs until it is stopped')
    .action(async () => {
      const config = readConfig();
      await runUntilStopped((signals) => serve(config, signals));
    });
}

async function serve(config: Config, signals: StopSignals): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'subgraphs' } }, pino.destination(2));
  const started = new StartedParts(logger, signals);
  try {
    const server = await openDatabaseServer({
      dataDir: config.DATA_DIR,
      databaseUrl: config.DATABASE_URL,
      signal: signals.stopping,
    });
    await started.addDatabase(server);
    const subgraphs = await startSubgraphs(config, server, logger, started, (line) =>
      process.stdout.write(`data       ${line}\n`),
    );
    for (const { name, url } of subgraphs) process.stdout.write(`ready ${name} ${url}\n`);
    process.send?.({ ready: subgraphs });
    return () => started.stop();
  } catch (error) {
    await started.stop();
    throw error;
  }
}

import pino from 'pino';
import type { Config } from '../../shared/config/config.js';
import { openDatabaseServer } from '../../shared/database/index.js';
import { SUBGRAPHS } from '../../subgraphs/index.js';
import * as hosted from '../../subgraphs/declared/index.js';
import { fillLibraries } from '../../subgraphs/libraries/index.js';
import type { StopSignals } from '../run-until-stopped.js';
import { openTables, startDeclaredResources } from './start-declared.js';
import { startEmbeddedProvider } from './start-embedded-provider.js';
import { startSubgraphs } from './start-subgraphs.js';
import { StartedParts } from './started-parts.js';
import { SupervisedProcess } from './supervised-process.js';
import type { SupervisedGateway } from './supervise-gateway.js';

/** Starts all parts in order, each needing the ones before, and reports each on standard output. When one cannot start,
 *  the ones before it are stopped again. So they are, at whatever step, when the process is told to stop.
 *  @param gateway  the gateway's process, already loading
 *  @returns        stops everything */
export async function startAll(
  config: Config,
  gateway: SupervisedGateway,
  signals: StopSignals,
): Promise<() => Promise<void>> {
  const { stopping, hurrying } = signals;
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'sharehub' } }, pino.destination(2));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const started = new StartedParts(logger, signals);
  try {
    await started.addProcess(gateway);
    say(
      config.DATABASE_URL
        ? 'database   the configured PostgreSQL server'
        : `database   embedded PostgreSQL in ${config.DATA_DIR}`,
    );
    // The subgraphs' modules load while the database starts.
    const loading = Promise.all(Object.values(SUBGRAPHS).map((load) => load()));
    const server = await openDatabaseServer({
      dataDir: config.DATA_DIR,
      databaseUrl: config.DATABASE_URL,
      signal: stopping,
    });
    await started.addDatabase(server);
    await loading;
    const subgraphs = await startSubgraphs(config, server, logger, started, (line) => say(`data       ${line}`));
    say(`subgraphs  ${subgraphs.map(({ name }) => name).join(', ')}`);

    const governanceUrl = server.url('governance');
    const tablesUrl = await openTables(config, server);
    if (config.DEMO_LIBRARIES) {
      const { filled, rows } = await fillLibraries(hosted, tablesUrl, governanceUrl, config.RESIDENTS);
      if (filled.length > 0) say(`data       libraries: ${rows} rows in ${filled.length} declared subgraphs`);
    }
    const declared = await startDeclaredResources(config, tablesUrl, governanceUrl, logger, started);
    say(`declared   ${declared.url}`);
    let issuer = config.OIDC_ISSUER;
    if (issuer === undefined) {
      issuer = await startEmbeddedProvider(config, governanceUrl, logger, started);
      say(`identity   embedded OpenID provider ${issuer}`);
    }
    const addresses = Object.fromEntries([...subgraphs, declared].map(({ name, url }) => [name, url]));
    const url = await gateway.serve({
      config: config.SUPERGRAPH_CONFIG,
      addresses,
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: issuer },
      onRestart: (why) => logger.error({ why }, 'the gateway ended and is started again'),
    });
    stopping.throwIfAborted();
    const worker = new SupervisedProcess(['worker', '--addresses', JSON.stringify(addresses)], {
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, DECLARED_DATABASE_URL: tablesUrl },
      hurrying,
    });
    await started.addProcess(worker);
    worker.supervise((why) => logger.error({ why }, 'the worker ended and is started again'));
    say(`ready ${url}`);
    return () => started.stop();
  } catch (error) {
    await started.stop();
    throw error;
  }
}

import pino from 'pino';
import type { Config } from '../../shared/config/config.js';
import { openDatabaseServer } from '../../shared/database/index.js';
import { SUBGRAPHS } from '../../subgraphs/index.js';
import { writeMovedConfig } from './listed-subgraphs.js';
import { startEmbeddedProvider } from './start-embedded-provider.js';
import { startSubgraphs } from './start-subgraphs.js';
import { SupervisedProcess } from './supervised-process.js';
import type { SupervisedGateway } from './supervise-gateway.js';

/** Starts all parts in order, each needing the ones before, and reports each on standard output. When one cannot start,
 *  the ones before it are stopped again.
 *  @param gateway  the gateway's process, already loading
 *  @returns        stops everything */
export async function startAll(config: Config, gateway: SupervisedGateway): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'sharehub' } }, pino.destination(2));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const started = new AsyncDisposableStack();
  let worker: SupervisedProcess | undefined;
  const stop = async () => {
    // The signal that ends this process reaches both of them too; they must not be restarted.
    await Promise.all([gateway.stop(), worker?.stop()]);
    await started.disposeAsync();
  };
  try {
    say(
      config.DATABASE_URL
        ? 'database   the configured PostgreSQL server'
        : `database   embedded PostgreSQL in ${config.DATA_DIR}`,
    );
    // The subgraphs' modules load while the database starts.
    const loading = Promise.all(Object.values(SUBGRAPHS).map((load) => load()));
    const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
    started.defer(() => server.stop());
    await loading;
    const subgraphs = await startSubgraphs(config, server, logger, started, (line) => say(`data       ${line}`));
    say(`subgraphs  ${subgraphs.map(({ name }) => name).join(', ')}`);

    const governanceUrl = server.url('governance');
    let issuer = config.OIDC_ISSUER;
    if (issuer === undefined) {
      issuer = await startEmbeddedProvider(config, governanceUrl, logger, started);
      say(`identity   embedded OpenID provider ${issuer}`);
    }
    const url = await gateway.serve({
      config: await writeMovedConfig(config, subgraphs),
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: issuer },
      onRestart: (why) => logger.error({ why }, 'the gateway ended and is started again'),
    });
    worker = new SupervisedProcess(['worker'], { env: { GOVERNANCE_DATABASE_URL: governanceUrl } });
    worker.supervise((why) => logger.error({ why }, 'the worker ended and is started again'));
    say(`ready ${url}`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

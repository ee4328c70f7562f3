import pino from 'pino';
import type { Config } from '../../shared/config/config.js';
import { openDatabaseServer } from '../../shared/database/index.js';
import { SubjectKeys, subjectKeysFile } from '../../shared/evidence/subject-keys.js';
import { embeddedProviderPort } from '../../shared/openid/embedded-provider.js';
import { startOpenIdProvider } from '../../shared/openid/open-id-provider.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { SUBGRAPHS } from '../../subgraphs/index.js';
import { SupervisedProcess } from './supervised-process.js';
import type { SupervisedGateway } from './supervise-gateway.js';
import { listedSubgraphs, writeMovedConfig } from './listed-subgraphs.js';
import { registeredCallers } from './registered-callers.js';
import { registeredSdl } from './registered-sdl.js';

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

    const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
    const subjects = await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
      onFault: (err) => logger.error({ err }, 'keys of subjects'),
    });
    started.defer(() => subjects.close());
    const listed = await listedSubgraphs(config);
    await loading;
    const addresses = new Map<string, string>();
    const readSdl = registeredSdl(config.SUPERGRAPH_CONFIG, secret, addresses);
    const starts = await Promise.allSettled(
      listed.map(async ({ name, port }) => {
        await server.createDatabase(name);
        const { start } = await SUBGRAPHS[name]();
        const subgraph = await start({
          port,
          databaseUrl: server.url(name),
          key: subgraphKey(secret, name),
          logger,
          residents: config.RESIDENTS,
          profile: config.SHAREHUB_PROFILE,
          calendarDir: config.CALENDAR_DIR,
          timeZone: config.TIME_ZONE,
          ...(name === 'governance' && { hashesOf: (subject: string) => subjects.hashesOf(subject), readSdl }),
          progress: (line) => say(`data       ${line}`),
        });
        started.defer(() => subgraph.stop());
        addresses.set(name, subgraph.url);
        return subgraph;
      }),
    );
    const running = starts.map((each) => (each.status === 'fulfilled' ? each.value : raise(each.reason)));
    say(`subgraphs  ${running.map(({ name }) => name).join(', ')}`);

    const governanceUrl = server.url('governance');
    let issuer = config.OIDC_ISSUER;
    if (issuer === undefined) {
      const provider = await startOpenIdProvider({
        port: embeddedProviderPort(config),
        host: config.HOST,
        audience: config.OIDC_AUDIENCE,
        dataDir: config.DATA_DIR,
        publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
        queryPageClient: config.GRAPHIQL_CLIENT_ID,
        ...(await registeredCallers(governanceUrl)),
        onFault: (err) => logger.error({ err }, 'OpenID provider'),
      });
      started.defer(() => provider.stop());
      issuer = provider.issuer;
      say(`identity   embedded OpenID provider ${issuer}`);
    }
    const url = await gateway.serve({
      config: await writeMovedConfig(config, running),
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: issuer },
      onRestart: (why) => logger.error({ why }, 'the gateway ended and is started again'),
    });
    worker = new SupervisedProcess(['worker'], { GOVERNANCE_DATABASE_URL: governanceUrl });
    worker.supervise((why) => logger.error({ why }, 'the worker ended and is started again'));
    say(`ready ${url}`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

const raise = (error: unknown): never => {
  throw error;
};

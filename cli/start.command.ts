import type { Command } from 'commander';
import pino from 'pino';
import { readConfig, type Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/index.js';
import { startOpenIdProvider } from '../shared/openid/open-id-provider.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { subgraphKey } from '../shared/trust/signed-context.js';
import { seedAll } from '../subgraphs/seed.js';
import { SUBGRAPHS } from '../subgraphs/index.js';
import { keepGateway } from './keep-gateway.js';
import { listedSubgraphs, writeMovedConfig } from './listed-subgraphs.js';
import { providerPort } from './ports.js';
import { registeredCallers } from './registered-callers.js';
import { untilStopped } from './until-stopped.js';

/** `sharehub start`: everything in one go, for trying it and for development. */
export function register(program: Command): void {
  program
    .command('start')
    .description('start database, demo data, subgraphs, OpenID provider and gateway; Ctrl-C stops them all')
    .action(async () => untilStopped(await startAll(readConfig())));
}

/** Starts all parts in order, each needing the ones before, and says so on standard output.
 *  When one cannot start, those already started are stopped again. @returns what stops everything */
async function startAll(config: Config): Promise<() => Promise<void>> {
  const logger = pino({ level: config.LOG_LEVEL, base: { of: 'sharehub' } }, pino.destination(2));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const ends: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    say(
      config.DATABASE_URL
        ? 'database   the configured PostgreSQL server'
        : `database   embedded PostgreSQL in ${config.DATA_DIR}`,
    );
    const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
    ends.push(() => server.stop());
    await seedAll({ server, residents: config.RESIDENTS, log: (line) => say(`data       ${line}`) });

    const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
    const listed = await listedSubgraphs(config);
    const starts = await Promise.allSettled(
      listed.map(async ({ name, port }) => {
        const { start } = await SUBGRAPHS[name]();
        const subgraph = await start({ port, databaseUrl: server.url(name), key: subgraphKey(secret, name), logger });
        ends.push(() => subgraph.stop());
        return subgraph;
      }),
    );
    const running = starts.map((each) => (each.status === 'fulfilled' ? each.value : raise(each.reason)));
    say(`subgraphs  ${running.map(({ name }) => name).join(', ')}`);

    const governanceUrl = server.url('governance');
    let issuer = config.OIDC_ISSUER;
    if (issuer === undefined) {
      const provider = await startOpenIdProvider({
        port: providerPort(config),
        host: config.HOST,
        audience: config.OIDC_AUDIENCE,
        dataDir: config.DATA_DIR,
        publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
        queryPageClient: config.GRAPHIQL_CLIENT_ID,
        ...(await registeredCallers(governanceUrl)),
        onFault: (err) => logger.error({ err }, 'OpenID provider'),
      });
      ends.push(() => provider.stop());
      issuer = provider.issuer;
      say(`identity   embedded OpenID provider ${issuer}`);
    }
    const gateway = await keepGateway({
      config: await writeMovedConfig(config, running),
      port: config.PORT,
      env: { GOVERNANCE_DATABASE_URL: governanceUrl, OIDC_ISSUER: issuer },
      onRestart: (why) => logger.error({ why }, 'the gateway ended and is started again'),
    });
    ends.push(() => gateway.stop());
    say(`ready ${gateway.url}`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

const raise = (error: unknown): never => {
  throw error;
};

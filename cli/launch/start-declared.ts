import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { statisticsBudget } from '../../shared/config/statistics-budget.js';
import { DECLARED_PROCESS, declaredPort } from '../../shared/config/declared-process.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { startDeclared } from '../../subgraphs/declared/index.js';
import type { StartedParts } from './started-parts.js';
import type { StartedSubgraph } from './start-subgraphs.js';

const DATABASE = 'declared';

/** Opens the database of the tables that the hub keeps for departments.
 *  @returns its URL, which holds the password: never show it */
export async function openTables(config: Config, server: DatabaseServer): Promise<string> {
  if (config.DECLARED_DATABASE_URL !== undefined) return config.DECLARED_DATABASE_URL;
  await server.createDatabase(DATABASE);
  return server.url(DATABASE);
}

/** Starts the process that serves declared resources. Governance's database must be up to date.
 *  @param databaseUrl    of the tables; see `openTables`
 *  @param governanceUrl  of the governance database
 *  @param started        takes what stops it
 *  @throws HubError PORT_IN_USE, DATABASE_UNAVAILABLE */
export async function startDeclaredResources(
  config: Config,
  databaseUrl: string,
  governanceUrl: string,
  logger: Logger,
  started: StartedParts,
): Promise<StartedSubgraph> {
  const declared = await startDeclared({
    port: declaredPort(config),
    host: config.HOST,
    secret: await openHubSecret(config.DATA_DIR, config.HUB_SECRET),
    databaseUrl,
    governanceUrl,
    sharedContexts: config.SHARED_CONTEXTS,
    statisticsBudget: statisticsBudget(config),
    connected: { hosts: SourceHosts.read(config.SOURCE_HOSTS), timeZone: config.TIME_ZONE },
    logger,
  });
  await started.add('declared resources', () => declared.stop());
  return { name: DECLARED_PROCESS, url: declared.url };
}

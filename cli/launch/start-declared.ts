import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { DECLARED_PROCESS, declaredPort } from '../../shared/config/declared-process.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { startDeclared } from '../../subgraphs/declared/index.js';
import type { StartedParts } from './started-parts.js';
import type { StartedSubgraph } from './start-subgraphs.js';

/** Database of the tables that the hub keeps for departments. */
const DATABASE = 'declared';

/** Starts the process that serves declared resources. Governance's database must be up to date.
 *  @param governanceUrl  of the governance database
 *  @param started        takes what stops it
 *  @throws HubError PORT_IN_USE, DATABASE_UNAVAILABLE */
export async function startDeclaredResources(
  config: Config,
  server: DatabaseServer,
  governanceUrl: string,
  logger: Logger,
  started: StartedParts,
): Promise<StartedSubgraph> {
  await server.createDatabase(DATABASE);
  const declared = await startDeclared({
    port: declaredPort(config),
    host: config.HOST,
    secret: await openHubSecret(config.DATA_DIR, config.HUB_SECRET),
    databaseUrl: server.url(DATABASE),
    governanceUrl,
    sharedContexts: config.SHARED_CONTEXTS,
    connected: { hosts: SourceHosts.read(config.SOURCE_HOSTS), timeZone: config.TIME_ZONE },
    logger,
  });
  await started.add('declared resources', () => declared.stop());
  return { name: DECLARED_PROCESS, url: declared.url };
}

import type { Logger } from 'pino';
import { createIdentifier } from '../gateway/identity/identifier.js';
import type { Governance } from '../gateway/index.js';
import { openGovernanceFeed } from '../gateway/permission/governance-feed.js';
import type { Config } from '../shared/config/config.js';
import { openDatabaseServer, type DatabaseServer } from '../shared/database/index.js';
import {
  GOVERNANCE_CHANNEL,
  readReviewedSnapshot,
  readSnapshot,
  VERSION_SQL,
} from '../shared/read-model/read-snapshot.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import { embeddedIssuer } from './ports.js';

/** Opens what the share rules are decided with: the read model of governance, the OpenID provider's keys, the secret.
 *  @throws HubError DATABASE_UNAVAILABLE, CONFIG_INVALID */
export async function openGovernance(
  config: Config,
  logger: Logger,
): Promise<{ governance: Governance; close: () => Promise<void> }> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  const server =
    config.GOVERNANCE_DATABASE_URL === undefined
      ? await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
      : undefined;
  try {
    return await follow(config, logger, secret, server);
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

async function follow(
  config: Config,
  logger: Logger,
  secret: string,
  server: DatabaseServer | undefined,
): Promise<{ governance: Governance; close: () => Promise<void> }> {
  const database = config.GOVERNANCE_DATABASE_URL ?? server!.url('governance');
  const feed = await openGovernanceFeed({
    url: database,
    leaseMs: config.GRANT_LEASE_MS,
    channel: GOVERNANCE_CHANNEL,
    versionSql: VERSION_SQL,
    read: config.CATALOGUE_REVIEW === 'required' ? readReviewedSnapshot : readSnapshot,
    logger,
  });
  const identifier = createIdentifier({
    issuer: config.OIDC_ISSUER ?? embeddedIssuer(config),
    audience: config.OIDC_AUDIENCE,
    clientClaims: listOf(config.OIDC_CLIENT_CLAIM),
    types: listOf(config.OIDC_TOKEN_TYPES),
    systemMark: systemMark(config.OIDC_SYSTEM_MARK),
    ownClients: [config.GRAPHIQL_CLIENT_ID],
    feed,
    onFault: (err) => logger.warn({ err }, 'OpenID provider'),
  });
  return {
    governance: {
      secret,
      feed,
      database,
      identify: (headers) => identifier.identify(headers.authorization),
      ready: () => (identifier.ready() ? undefined : "the OpenID provider's keys are not known yet"),
    },
    close: async () => {
      await feed.close();
      await server?.stop();
    },
  };
}

const listOf = (text: string): string[] => text.split(',').map((part) => part.trim());

function systemMark(text: string | undefined): { claim: string; value: string } | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('=');
  return { claim: text.slice(0, at), value: text.slice(at + 1) };
}

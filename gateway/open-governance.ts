import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { openDatabaseServer } from '../shared/database/database-server.js';
import type { Caller } from '../shared/kernel/index.js';
import { openHubSecret } from '../shared/trust/hub-secret.js';
import type { ConfirmedFeed } from './execution/request-executor.js';
import { openIdentifier } from './identity/open-identifier.js';
import { DatabaseQuota } from './permission/database-quota.js';
import { DatabaseFreshness, type ReadFreshness } from './execution/tell-freshness.js';
import { openHubFeed } from './permission/open-hub-feed.js';
import { DatabaseGuesses } from './permission/database-guesses.js';
import type { GuessLedger } from './permission/guess-ledger.js';
import type { QuotaLedger } from './permission/quota-ledger.js';

/** Everything of governance that a gateway decides with. */
export interface Governance {
  readonly feed: ConfirmedFeed;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** The hub's secret, from which the subgraphs' keys derive. */
  readonly secret: string;
  /** `off` stores no access records; only for measuring what they cost. */
  readonly records?: 'off';
  /** Counts uses; without it, what has a daily quota is refused. */
  readonly quota?: QuotaLedger;
  /** Counts claims that were not confirmed; without it, comparisons of restricted items are refused. */
  readonly guesses?: GuessLedger;
  /** Reads how current resources are; absent where nothing is told of it. */
  readonly freshness?: ReadFreshness;
  /** The governance database, where evidence may be kept. */
  readonly database?: string;
  readonly ready?: () => string | undefined;
}

/** Opens the governance that the settings describe: database, feed, quota and identity of callers.
 *  @param opened  closes what was opened
 *  @throws HubError naming what is wrong */
export async function openGovernance(
  config: Config,
  logger: Logger,
  opened: AsyncDisposableStack,
): Promise<Governance> {
  const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
  let database = config.GOVERNANCE_DATABASE_URL;
  if (database === undefined) {
    const server = await openDatabaseServer({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
    opened.defer(() => server.stop());
    database = server.url('governance');
  }
  const feed = await openHubFeed(config, database, secret, logger);
  opened.defer(() => feed.close());
  const quota = new DatabaseQuota({ url: database, timeZone: config.TIME_ZONE, logger });
  opened.defer(() => quota.close());
  const limits = { perDay: config.VERIFY_MISSES_PER_DAY, perMonth: config.VERIFY_MISSES_PER_MONTH };
  const guesses = new DatabaseGuesses(database, secret, limits, (err) =>
    logger.warn({ err }, 'claims that were confirmed stay counted as guesses'),
  );
  opened.defer(() => guesses.close());
  const freshness = new DatabaseFreshness(database);
  opened.defer(() => freshness.close());
  const identifier = openIdentifier(config, feed, logger);
  opened.defer(() => identifier.close());
  return {
    secret,
    feed,
    database,
    quota,
    guesses,
    freshness: freshness.read,
    identify: (headers) => identifier.identify(headers.authorization),
    ready: () => (identifier.ready() ? undefined : "the OpenID provider's keys are not known yet"),
  };
}

import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import {
  GOVERNANCE_CHANNEL,
  readReviewedSnapshot,
  readSnapshot,
  VERSION_SQL,
} from '../../shared/read-model/read-snapshot.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { openGovernanceFeed } from './open-governance-feed.js';
import { ProtectionOpener } from './protection-opener.js';

/** Opens the feed of governance that the settings describe, with the identifiers of protected subjects opened.
 *  @param secret  the hub's secret
 *  @throws HubError DATABASE_UNAVAILABLE */
export function openHubFeed(
  config: Pick<Config, 'CATALOGUE_REVIEW' | 'GRANT_LEASE_MS'>,
  url: string,
  secret: string,
  logger: Logger,
): ReturnType<typeof openGovernanceFeed> {
  const read = config.CATALOGUE_REVIEW === 'required' ? readReviewedSnapshot : readSnapshot;
  const opener = new ProtectionOpener(envelopeKeys(secret, 'protected-subjects'), logger);
  return openGovernanceFeed({
    ...{ url, leaseMs: config.GRANT_LEASE_MS, channel: GOVERNANCE_CHANNEL, versionSql: VERSION_SQL, logger },
    read: async (query, previous) => opener.open(await read(query, previous), previous),
  });
}

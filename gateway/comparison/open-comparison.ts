import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { SubjectKeys, subjectKeysFile } from '../../shared/evidence/keys/index.js';
import type { ComparePairs } from '../../shared/read-model/compared-pairs.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { openEvidenceLog } from '../evidence/open-evidence-log.js';
import { ContextSigner } from '../execution/context-signer.js';
import { openHubFeed } from '../permission/open-hub-feed.js';
import { PairComparison } from './pair-comparison.js';
import { SubgraphReader } from './subgraph-reader.js';

export interface Comparison {
  readonly compare: ComparePairs;
  close(): Promise<void>;
}

/** Opens what compares two departments' items inside the hub: both are asked with the hub's signed context as a system of its
 *  own, values meet as digests under a key that is forgotten with the page, and the use is recorded before anything is told.
 *  @param database   the governance database
 *  @param addresses  addresses of subgraphs that do not run where the list says
 *  @throws HubError DATABASE_UNAVAILABLE, CONFIG_INVALID */
export async function openComparison(
  config: Config,
  database: string,
  addresses: ReadonlyMap<string, string>,
  logger: Logger,
): Promise<Comparison> {
  const opened = new AsyncDisposableStack();
  try {
    const secret = await openHubSecret(config.DATA_DIR, config.HUB_SECRET);
    const feed = await openHubFeed(config, database, secret, logger);
    opened.defer(() => feed.close());
    const subjects = await SubjectKeys.open(subjectKeysFile(config.DATA_DIR), {
      mustExist: true,
      onFault: (err) => logger.error({ err }, 'keys of subjects'),
    });
    opened.defer(() => subjects.close());
    const log = await openEvidenceLog(config, () => 0, database);
    opened.defer(() => log.close());
    const reader = new SubgraphReader();
    opened.defer(() => reader.close());
    const signer = new ContextSigner(secret, (subgraph) =>
      logger.error({ subgraph }, 'a subgraph refuses the context of every key that holds; see `sharehub key`'),
    );
    const parts = { config, addresses, subjects, log, reader, signer };
    return {
      compare: async (request) => new PairComparison(parts, request, await feed.current()).run(),
      close: () => opened.disposeAsync(),
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

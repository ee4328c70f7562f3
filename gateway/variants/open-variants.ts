import type { Logger } from 'pino';
import type { Config } from '../../shared/config/config.js';
import { DEFAULT_FETCH_LIMITS } from '../execution/subgraph-client.js';
import type { GovernanceFeed } from '../../shared/read-model/read-model.js';
import type { GraphEngine } from '../execution/graph-engine.js';
import type { GraphHolder } from '../supergraph/graph-holder.js';
import type { OpenVariantGraph } from './variant.js';
import { Variants } from './variants.js';

/** Variants at once where nothing is said, outside production. */
const MOST = 10;

/** Opens the variants of a hub with these settings.
 *  @returns undefined where no subgraph may be tried */
export function openVariants(
  { DEV_VARIANTS, NODE_ENV, SUBGRAPH_TIMEOUT_MS, SUBGRAPH_MAX_BYTES }: Config,
  holder: GraphHolder<GraphEngine>,
  feed: GovernanceFeed,
  openGraph: OpenVariantGraph,
  logger: Logger,
): Variants | undefined {
  const most = DEV_VARIANTS ?? (NODE_ENV === 'production' ? 0 : MOST);
  if (most === 0) return undefined;
  return new Variants({
    holder,
    feed,
    most,
    limits: { ...DEFAULT_FETCH_LIMITS, fetchTimeout: SUBGRAPH_TIMEOUT_MS, answerBytes: SUBGRAPH_MAX_BYTES },
    openGraph: async (base, own, subgraph, opener) => {
      const active = await openGraph(base, own, subgraph, opener);
      logger.info({ subgraph: own.name, ...opener, version: active.graph.version }, 'a subgraph is tried');
      return active;
    },
  });
}

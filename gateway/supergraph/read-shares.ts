import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import type { SubgraphShares } from '../../shared/share/statements.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { repairSubgraph } from './repairs/index.js';

/** Most characters of SDL whose statements are kept: those of hundreds of subgraphs. */
const KEPT_SDL = 20_000_000;
/** Statements of subgraphs by name and SDL. A new graph has one other subgraph, and all the others are as they were. */
const known = new LRUCache<string, SubgraphShares>({
  maxSize: KEPT_SDL,
  sizeCalculation: (_shares, key) => key.length,
});

/** Reads what a subgraph says of sharing.
 *  @throws GraphQLError where its SDL cannot be parsed */
export function readShares({ name, sdl }: Pick<LoadedSubgraph, 'name' | 'sdl'>): SubgraphShares {
  const key = `${name}\n${sdl}`;
  let shares = known.get(key);
  if (!shares) {
    // As the composer reads it, so that what is compared and checked is what is sent.
    const { typeDefs } = repairSubgraph({ name, typeDefs: parse(sdl, { noLocation: true }) }, []);
    known.set(key, (shares = readSubgraphShares(name, typeDefs)));
  }
  return shares;
}

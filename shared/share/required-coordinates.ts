import { parseCoordinate, type Coordinate } from '../kernel/index.js';
import { findMoved } from './moved-statements.js';
import type { SubgraphShares } from './statements.js';
import { TypeGraph } from './type-graph.js';

/** Every coordinate that a field's `@requires` reads: derived field → required items. A field of an
 *  `@interfaceObject` reads the items of every type behind the interface.
 *  @source share-rules section 1, rule 5 */
export function requiredCoordinates(
  subgraphs: readonly SubgraphShares[],
  types = new TypeGraph(subgraphs),
): ReadonlyMap<Coordinate, ReadonlySet<Coordinate>> {
  const result = new Map<Coordinate, Set<Coordinate>>();
  const moved = findMoved(subgraphs);
  for (const field of subgraphs.flatMap((shares) => shares.fields)) {
    const { coordinate: at, requires } = field;
    if (!requires || moved.has(field)) continue;
    const reads = result.get(at) ?? new Set<Coordinate>();
    for (const read of types.readsOf(parseCoordinate(at).type, requires)) reads.add(read);
    result.set(at, reads);
  }
  return result;
}

import type { Release } from '../../shared/share/releases/release.js';

/** The first release that must not be made among those that a key makes: `items` are its parts, `type` is the type that the
 *  subgraph resolves by it. Undefined when all may be sent. */
export type FindStopped = (subgraph: string, type: string, items: readonly string[]) => Release | undefined;

/** Inputs need no look: a field whose inputs must not be sent is refused before it is planned.
 *  @param stopped  releases that must not be made
 *  @returns        undefined when every key may be sent
 *  @source share-rules section 1, rule 10 */
export function stopKeys(stopped: Iterable<Release>): FindStopped | undefined {
  const keys = [...stopped].filter(({ use }) => use === 'KEY');
  if (keys.length === 0) return undefined;
  const nameOf = (subgraph: string, type: string, item: string) => `${subgraph} ${type} ${item}`;
  const byPart = new Map(keys.map((each) => [nameOf(each.receiverSubgraph, each.forCoordinate, each.item), each]));
  return (subgraph, type, items) => {
    for (const item of items) {
      const release = byPart.get(nameOf(subgraph, type, item));
      if (release) return release;
    }
    return undefined;
  };
}

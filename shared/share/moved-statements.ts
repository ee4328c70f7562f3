import type { Coordinate } from '../kernel/index.js';
import type { FieldStatement, SubgraphShares } from './statements.js';

/** Statements on fields that another subgraph has taken over whole, by `@override` without a label: what they say is carried out
 *  nowhere. */
export function findMoved(subgraphs: readonly SubgraphShares[]): ReadonlySet<FieldStatement> {
  const takenOver = new Map<Coordinate, Set<string>>();
  const all = subgraphs.flatMap(({ fields }) => fields);
  for (const { coordinate: at, overrides, overridesInPart } of all) {
    if (overrides === undefined || overridesInPart) continue;
    (takenOver.get(at) ?? takenOver.set(at, new Set()).get(at)!).add(overrides);
  }
  return new Set(all.filter(({ coordinate: at, subgraph }) => takenOver.get(at)?.has(subgraph)));
}

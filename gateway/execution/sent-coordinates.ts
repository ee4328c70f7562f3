import type { RequiresSelection } from '../plan/query-plan.js';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';

/** Items that the representations of a fetch hold: what its subgraph is sent, to find and to compute with. */
export function findSentCoordinates(
  requires: readonly RequiresSelection[],
  typeOf: (type: string, field: string) => string | undefined,
): readonly Coordinate[] {
  const found = new Set<Coordinate>();
  const collect = (selections: readonly RequiresSelection[], parent: string | undefined): void => {
    for (const selection of selections) {
      if (selection.kind === 'InlineFragment') collect(selection.selections, selection.typeCondition);
      else if (parent !== undefined && selection.name !== '__typename') {
        const name = selection.alias ?? selection.name;
        found.add(coordinate(parent, name));
        if (selection.selections) collect(selection.selections, typeOf(parent, name)?.replace(/[[\]!]/g, ''));
      }
    }
  };
  collect(requires, undefined);
  return [...found].sort();
}

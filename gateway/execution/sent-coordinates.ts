import type { RequiresSelection } from '@graphql-hive/router-query-planner';
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
      else if (selection.kind === 'Field' && parent !== undefined && selection.name !== '__typename') {
        const name = selection.alias ?? selection.name;
        found.add(coordinate(parent, name));
        if (selection.selections) collect(selection.selections, typeOf(parent, name)?.replace(/[[\]!]/g, ''));
      }
    }
  };
  collect(requires, undefined);
  return [...found].sort();
}

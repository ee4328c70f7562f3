import { Kind, parse, type SelectionSetNode } from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../kernel/index.js';
import type { SubgraphShares } from './statements.js';

/** Every coordinate that a field's `@requires` reads: derived field → required items. Types are followed as the
 *  subgraphs state them, so that what consumers cannot see (`@inaccessible`) is named all the same.
 *  @source share-rules section 1, rule 5 */
export function requiredCoordinates(
  subgraphs: readonly SubgraphShares[],
): ReadonlyMap<Coordinate, ReadonlySet<Coordinate>> {
  const fields = subgraphs.flatMap((shares) => shares.fields);
  const returns = new Map(fields.map((field) => [field.coordinate, field.returns]));
  const result = new Map<Coordinate, Set<Coordinate>>();

  const collect = (type: string, set: SelectionSetNode | undefined, reads: Set<Coordinate>): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.typeCondition?.name.value ?? type, selection.selectionSet, reads);
      } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
        const at = coordinate(type, selection.name.value);
        reads.add(at);
        collect(returns.get(at) ?? '', selection.selectionSet, reads);
      }
    }
  };
  for (const field of fields) {
    if (!field.requires) continue;
    const reads = result.get(field.coordinate) ?? new Set<Coordinate>();
    collect(parseCoordinate(field.coordinate).type, fieldSet(field.requires), reads);
    result.set(field.coordinate, reads);
  }
  return result;
}

function fieldSet(text: string): SelectionSetNode | undefined {
  try {
    const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
  } catch {
    return undefined; // composition reports a malformed field set with its place
  }
}

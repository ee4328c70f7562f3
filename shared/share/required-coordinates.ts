import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../kernel/index.js';
import type { SubgraphShares } from './read-subgraph.js';

/** Every coordinate that a field's `@requires` reads: derived field → required items.
 *  A required item that consumers cannot see (`@inaccessible`) is named all the same. @source share-rules section 1, rule 5 */
export function requiredCoordinates(
  schema: GraphQLSchema,
  subgraphs: readonly SubgraphShares[],
): ReadonlyMap<Coordinate, ReadonlySet<Coordinate>> {
  const result = new Map<Coordinate, Set<Coordinate>>();
  for (const field of subgraphs.flatMap((shares) => shares.fields)) {
    if (!field.requires) continue;
    const reads = result.get(field.coordinate) ?? new Set<Coordinate>();
    collect(schema, parseCoordinate(field.coordinate).type, fieldSet(field.requires), reads);
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

function collect(
  schema: GraphQLSchema,
  typeName: string,
  set: SelectionSetNode | undefined,
  reads: Set<Coordinate>,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(schema, selection.typeCondition?.name.value ?? typeName, selection.selectionSet, reads);
    } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
      reads.add(coordinate(typeName, selection.name.value));
      const type = schema.getType(typeName);
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      const named = field && getNamedType(field.type);
      if (named && isCompositeType(named)) collect(schema, named.name, selection.selectionSet, reads);
    }
  }
}

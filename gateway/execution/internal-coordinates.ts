import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { CompiledFetch } from './fetch-step.js';
import { selectedFields } from './selected-fields.js';

/** Coordinates that a plan's fetches ask for and the operation, without its denied sites, did not: keys, required inputs, subjects.
 *  @param schema  with every field of the graph, also inaccessible ones */
export function findInternalCoordinates(
  schema: GraphQLSchema,
  fetches: readonly CompiledFetch[],
  requested: readonly Coordinate[],
): readonly Coordinate[] {
  const asked = new Set<Coordinate>(requested);
  const requestedFields = Map.groupBy(requested, (each) => parseCoordinate(each).field);
  const found = new Set<Coordinate>();
  for (const fetch of fetches) {
    const root = schema.getRootType(fetch.definition.operation);
    collect(schema, fetch, fetch.definition.selectionSet, root ?? undefined, found);
  }
  // The same item through an interface of its type, or through a type of its interface, counts as requested.
  const related = (each: Coordinate): boolean => {
    const { type, field } = parseCoordinate(each);
    return (requestedFields.get(field) ?? []).some((other) => isRelated(schema, type, parseCoordinate(other).type));
  };
  return [...found].filter((each) => !asked.has(each) && !related(each)).sort();
}

function collect(
  schema: GraphQLSchema,
  fetch: CompiledFetch,
  set: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  found: Set<Coordinate>,
): void {
  for (const [type, { name, selectionSet }] of selectedFields(schema, fetch.fragments, set, parent)) {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
    if (field && type) found.add(coordinate(type.name, name.value));
    if (selectionSet) collect(schema, fetch, selectionSet, field && getNamedType(field.type), found);
  }
}

function isRelated(schema: GraphQLSchema, a: string, b: string): boolean {
  const [one, other] = [schema.getType(a), schema.getType(b)];
  return isSub(schema, one, other) || isSub(schema, other, one);
}

const isSub = (
  schema: GraphQLSchema,
  abstract: GraphQLNamedType | undefined,
  type: GraphQLNamedType | undefined,
): boolean =>
  isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);

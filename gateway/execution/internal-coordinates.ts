import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { CompiledFetch } from './fetch-step.js';

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
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (field && parent) found.add(coordinate(parent.name, name));
      if (selection.selectionSet) {
        collect(schema, fetch, selection.selectionSet, field && getNamedType(field.type), found);
      }
    } else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fetch.fragments.get(selection.name.value)! : selection;
      const condition = fragment.typeCondition?.name.value;
      collect(schema, fetch, fragment.selectionSet, condition ? schema.getType(condition) : parent, found);
    }
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

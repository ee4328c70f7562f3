import type { EntityCallNode, RequiresSelection } from '../plan/query-plan.js';
import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { CompiledFetch } from './fetch-step.js';
import { selectedFields } from './selected-fields.js';

/** The releases that an entity call makes: what its representations send, as a key or for the fields that are asked for.
 *  @param call      what the planner has the call send
 *  @param asked     the fields asked for
 *  @param releases  everything that the graph may release to the subgraph
 *  @param schema    with every field of the graph, also inaccessible ones
 *  @throws Error for an item that the graph does not know to be released to the subgraph
 *  @source share-rules section 1, rule 10 */
export function findMadeReleases(
  { requires, sentAs }: Pick<EntityCallNode, 'requires' | 'sentAs'>,
  asked: SelectionSetNode,
  fetch: Pick<CompiledFetch, 'subgraph' | 'fragments'>,
  releases: readonly Release[],
  schema: GraphQLSchema,
): readonly Release[] {
  const derived = new Set<string>();
  for (const [type, { name }] of selectedFields(schema, fetch.fragments, asked, undefined))
    for (const each of isInterfaceType(type) ? [type, ...objectsOf(schema, type)] : objectsOf(schema, type))
      derived.add(coordinate(each.name, name.value));
  const made = new Set<Release>();
  for (const { item, keyOf } of sentItems(schema, requires, undefined)) {
    const found = releases.filter(
      ({ use, ...release }) =>
        release.item === item &&
        (keyOf === undefined
          ? use === 'REQUIRES' && release.restingItems.some((at) => derived.has(at))
          : use === 'KEY' && release.forCoordinate === (sentAs ?? keyOf)),
    );
    if (found.length === 0) throw new Error(`the plan sends ${item} to ${fetch.subgraph}, which nobody checked`);
    for (const release of found) made.add(release);
  }
  return [...made];
}

/** @param keyOf  type of the key that the selections are a part of; undefined for inputs */
function* sentItems(
  schema: GraphQLSchema,
  selections: readonly RequiresSelection[],
  parent: GraphQLNamedType | undefined,
  keyOf?: string,
): Iterable<{ readonly item: Coordinate; readonly keyOf: string | undefined }> {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment')
      yield* sentItems(schema, selection.selections, schema.getType(selection.typeCondition), keyOf);
    else if (selection.name !== '__typename')
      for (const object of objectsOf(schema, parent)) {
        const name = selection.alias ?? selection.name;
        const at = keyOf ?? (selection.key ? parent?.name : undefined);
        yield { item: coordinate(object.name, name), keyOf: at };
        const field = object.getFields()[name];
        if (selection.selections && field) yield* sentItems(schema, selection.selections, getNamedType(field.type), at);
      }
  }
}

/** Object types that a value of a type can be. */
const objectsOf = (schema: GraphQLSchema, type: GraphQLNamedType | undefined) =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];

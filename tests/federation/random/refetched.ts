import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { Path } from '../../../gateway/plan/fetch-group.js';
import type { PlanNode, QueryPlan, RequiresSelection } from '../../../gateway/plan/query-plan.js';
import { fieldOf, membersOf, typeNamed, namedOf, type World } from './world.js';

interface Leaf {
  readonly fetch: number;
  /** Types of the objects on the way to it; undefined where the place does not say them. */
  readonly way: Way;
}
type Way = readonly (readonly string[] | undefined)[];

/** A leaf that two fetches of a plan bring to the same object, parts of keys aside; undefined where there is none. */
export function findRefetched(world: World, plan: QueryPlan): string | undefined {
  const leaves = new Map<string, Leaf[]>();
  const fetches: string[] = [];
  let found: string | undefined;
  const typesOf = (type: string) => (typeNamed(world, type) ? [type] : membersOf(world, type));
  const walk = (set: SelectionSetNode, place: string, above: Way, types: readonly string[]): void => {
    for (const each of set.selections) {
      if (each.kind === Kind.INLINE_FRAGMENT) {
        const on = each.typeCondition ? typesOf(each.typeCondition.name.value) : types;
        walk(
          each.selectionSet,
          place,
          above,
          types.filter((type) => on.includes(type)),
        );
      }
      if (each.kind !== Kind.FIELD || each.name.value === '__typename') continue;
      const name = each.name.value;
      const fields = types.flatMap((type) => fieldOf(world, type, name) ?? []);
      const at = `${place}.${each.alias?.value ?? name}`;
      const way = [...above, types];
      if (each.selectionSet) {
        const below = new Set(fields.flatMap(({ type }) => typesOf(namedOf(type))));
        walk(each.selectionSet, at, way, [...below]);
      } else if (!fields.some(({ sure }) => sure)) {
        const others = leaves.get(at) ?? [];
        const fetch = fetches.length - 1;
        const before = others.find((leaf) => leaf.fetch !== fetch && meet(leaf.way, way));
        if (before) found ??= `${at} is brought by two fetches:\n${fetches[before.fetch]}\n${fetches[fetch]}`;
        leaves.set(at, [...others, { fetch, way }]);
      }
    }
  };
  const entities = (alias: string, text: string, path: Path, requires: readonly RequiresSelection[]): void => {
    const way: (readonly string[] | undefined)[] = [];
    let place = '';
    let types: readonly string[] | undefined;
    for (const each of path) {
      if (each === '@') continue;
      if ('TypeCondition' in each) types = each.TypeCondition.flatMap(typesOf);
      else {
        place += `.${each.Field}`;
        way.push(types);
        types = undefined;
      }
    }
    const held = requires.flatMap((each) => (each.kind === 'InlineFragment' ? typesOf(each.typeCondition) : []));
    for (const { selectionSet } of fieldsIn(text, alias)) if (selectionSet) walk(selectionSet, place, way, held);
  };
  const visit = (node: PlanNode, path: Path): void => {
    if (node.kind === 'Steps') return node.steps.forEach((each) => visit(each.node, path));
    if (node.kind === 'Refuse') return;
    if (node.kind === 'Flatten') return visit(node.node, node.path);
    fetches.push(`${node.serviceName} ${JSON.stringify(path)} ${node.operation}`);
    if (node.kind === 'BatchFetch')
      for (const { alias, paths, requires } of node.entityBatch.aliases)
        entities(alias, node.operation, paths[0]!, requires);
    else if (path.length > 0) entities('_entities', node.operation, path, node.requires ?? []);
    else
      for (const definition of parse(node.operation).definitions)
        if (definition.kind === Kind.OPERATION_DEFINITION)
          walk(definition.selectionSet, '', [], [node.operationKind === 'query' ? 'Query' : 'Mutation']);
  };
  if (plan.node) visit(plan.node, []);
  return found;
}

/** True when the same object may be meant. */
const meet = (one: Way, other: Way): boolean =>
  one.every((types, i) => !types || !other[i] || types.some((type) => other[i]!.includes(type)));

function fieldsIn(operation: string, key: string) {
  return parse(operation).definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? each.selectionSet.selections.flatMap((one) =>
          one.kind === Kind.FIELD && (one.alias ?? one.name).value === key ? [one] : [],
        )
      : [],
  );
}

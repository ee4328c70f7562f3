import { Kind, parse, print, visit, type ASTNode, type DocumentNode, type SelectionNode } from 'graphql';
import type { Asked } from './lenient.js';
import type { Field, ObjectType, World } from './world.js';

/** Leaves out of a failing case whatever it also fails without.
 *  @param fails  true when the smaller case still shows the fault */
export async function minimise(
  world: World,
  asked: Asked,
  fails: (world: World, asked: Asked) => Promise<boolean>,
): Promise<{ readonly world: World; readonly asked: Asked }> {
  const smaller = await shrink(asked, smallerOperations, (each) => fails(world, each));
  const least = await shrink(world, smallerWorlds, (each) => fails(each, smaller));
  return { world: least, asked: await shrink(smaller, smallerOperations, (each) => fails(least, each)) };
}

/** Takes the first smaller form that still fails, until there is none. */
async function shrink<T>(value: T, smaller: (of: T) => Iterable<T>, fails: (value: T) => Promise<boolean>): Promise<T> {
  let least = value;
  let skip = 0;
  for (;;) {
    let found = false;
    let index = 0;
    for (const candidate of smaller(least)) {
      // What did not fail before will hardly fail now: go on behind it, and round once more at the end.
      if (index++ < skip || !(await fails(candidate))) continue;
      least = candidate;
      skip = index - 1;
      found = true;
      break;
    }
    if (found) continue;
    if (skip === 0) return least;
    skip = 0;
  }
}

function* smallerOperations({ text, variables }: Asked): Generator<Asked> {
  const document = parse(text, { noLocation: true });
  const sites: ASTNode[] = [];
  visit(document, {
    enter(node) {
      if (SHRINKABLE.has(node.kind)) sites.push(node);
    },
  });
  for (const site of sites)
    for (const replacement of replacementsOf(site, document)) {
      const changed = tidy(replace(document, site, replacement));
      if (changed) yield { text: print(changed), variables: usedBy(changed, variables) };
    }
}

const SHRINKABLE = new Set<string>([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
]);

type Replacement = ASTNode | null | readonly SelectionNode[];

function* replacementsOf(node: ASTNode, document: DocumentNode): Generator<Replacement> {
  yield null;
  if (node.kind === Kind.INLINE_FRAGMENT) yield node.selectionSet.selections;
  if (node.kind === Kind.FRAGMENT_SPREAD) {
    for (const each of document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value)
        yield { kind: Kind.INLINE_FRAGMENT, typeCondition: each.typeCondition, selectionSet: each.selectionSet };
  }
  if (node.kind === Kind.FIELD && node.alias) yield { ...node, alias: undefined };
  if (node.kind === Kind.INLINE_FRAGMENT && node.typeCondition) yield { ...node, typeCondition: undefined };
}

const replace = (document: DocumentNode, site: ASTNode, by: Replacement): DocumentNode =>
  by === null || 'kind' in by
    ? visit(document, { enter: (node) => (node === site ? by : undefined) })
    : visit(document, {
        SelectionSet: (set) =>
          set.selections.includes(site as SelectionNode)
            ? { ...set, selections: set.selections.flatMap((each) => (each === site ? by : [each])) }
            : undefined,
      });

/** The document without what nothing uses; undefined when a selection set is empty. */
function tidy(document: DocumentNode): DocumentNode | undefined {
  let isEmpty = false;
  const [spread, used] = [new Set<string>(), new Set<string>()];
  visit(document, {
    SelectionSet: ({ selections }) => void (isEmpty ||= selections.length === 0),
    FragmentSpread: ({ name }) => void spread.add(name.value),
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  if (isEmpty) return undefined;
  const size = document.definitions.length;
  const kept = visit(document, {
    FragmentDefinition: ({ name }) => (spread.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  return kept.definitions.length < size ? tidy(kept) : kept;
}

function usedBy(document: DocumentNode, variables: Asked['variables']): Asked['variables'] {
  const defined = new Set<string>();
  visit(document, { VariableDefinition: ({ variable }) => void defined.add(variable.name.value) });
  return Object.fromEntries(Object.entries(variables).filter(([name]) => defined.has(name)));
}

function* smallerWorlds(world: World): Generator<World> {
  for (const name of world.subgraphs) yield without(world, name);
  for (const type of world.types) yield { ...world, types: world.types.filter((each) => each !== type) };
  for (const each of world.unions) yield { ...world, unions: world.unions.filter((one) => one !== each) };
  for (const each of world.interfaces) yield { ...world, interfaces: world.interfaces.filter((one) => one !== each) };
  for (const each of world.interfaces)
    for (const added of each.added) {
      const less = { ...each, added: each.added.filter((one) => one !== added) };
      yield { ...world, interfaces: world.interfaces.map((one) => (one === each ? less : one)) };
    }
  for (const type of world.types) {
    const change = (by: Partial<ObjectType>): World => ({
      ...world,
      types: world.types.map((one) => (one === type ? { ...one, ...by } : one)),
    });
    for (const [subgraph, keys] of Object.entries(type.keys)) {
      const others = Object.entries(type.keys).filter(([name]) => name !== subgraph);
      for (const key of keys) {
        const left = keys.filter((one) => one !== key);
        yield change({ keys: Object.fromEntries(left.length > 0 ? [...others, [subgraph, left]] : others) });
      }
    }
    for (const field of type.fields) {
      yield change({ fields: type.fields.filter((one) => one !== field) });
      for (const simpler of simplerFields(field))
        yield change({ fields: type.fields.map((one) => (one === field ? simpler : one)) });
    }
  }
}

function* simplerFields(field: Field): Generator<Field> {
  const { provides, requires, overridden, moves, args, in: homes, inaccessible, ...rest } = field;
  const all = {
    ...rest,
    args,
    in: homes,
    ...(provides && { provides }),
    ...(requires && { requires }),
    ...(overridden && { overridden }),
    ...(moves && { moves }),
  };
  if (inaccessible) yield all;
  if (provides) yield { ...field, provides: {} };
  if (overridden) yield { ...rest, args, in: homes, ...(requires && { requires }) };
  if (moves) yield { ...rest, args, in: homes, ...(requires && { requires }), ...(overridden && { overridden }) };
  if (args) yield { ...field, args: '' };
  for (const home of homes) if (homes.length > 1) yield { ...field, in: homes.filter((each) => each !== home) };
  const parts = requires?.match(/\w+(\([^)]*\))?( \{[^}]*(\{[^}]*\}[^}]*)?\})?/g) ?? [];
  for (const part of parts)
    if (parts.length > 1) yield { ...field, requires: parts.filter((each) => each !== part).join(' ') };
}

/** The world without one subgraph and what only it has. */
function without(world: World, subgraph: string): World {
  const drop = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== subgraph));
  const fields = (all: readonly Field[]) =>
    all
      .map((each) => ({ ...each, in: each.in.filter((name) => name !== subgraph) }))
      .filter((each) => each.in.length > 0 && each.overridden !== subgraph);
  return {
    ...world,
    subgraphs: world.subgraphs.filter((each) => each !== subgraph),
    types: world.types.map((type) => ({ ...type, keys: drop(type.keys), fields: fields(type.fields) })),
    interfaces: world.interfaces.map((each) => ({
      ...each,
      fields: drop(each.fields),
      members: drop(each.members),
      ...(each.mentions && { mentions: drop(each.mentions) }),
      added: fields(each.added),
      objectIn: each.objectIn.filter((name) => name !== subgraph),
    })),
    unions: world.unions.map((each) => ({ ...each, members: drop(each.members) })),
  };
}

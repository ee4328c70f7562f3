import { Kind, OperationTypeNode, parse, type FieldNode, type SelectionSetNode } from 'graphql';
import type { DescribedField } from './described-types.js';

/** Ticked fields by name, with those below them; `... on Type` for those of one type of a union. A leaf has none below. */
export interface Ticks {
  readonly [field: string]: Ticks;
}
/** A query as the builder has it: one root field, its arguments as variables of the same names, fields without arguments. */
export interface BuiltQuery {
  readonly root: string;
  readonly args: readonly string[];
  readonly ticks: Ticks;
}

const FRAGMENT = '... on ';
/** Key of the fields of one type of a union. */
export const onType = (type: string): string => FRAGMENT + type;

/** Writes a query. Values never stand in its text: each argument is a variable.
 *  @param root  the field of `Query`, which knows the types of its arguments */
export function writeQuery({ args, ticks }: Omit<BuiltQuery, 'root'>, root: DescribedField): string {
  const used = root.args.filter(({ name }) => args.includes(name));
  const variables = used.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const lines = writeTicks(ticks, 2);
  const leaf = root.kind === 'SCALAR' || root.kind === 'ENUM';
  const below = leaf ? [] : ['{', ...(lines.length > 0 ? lines : ['    __typename']), '  }'];
  const name = root.name.charAt(0).toUpperCase() + root.name.slice(1);
  const field = [`  ${root.name}${given && `(${given})`}`, ...below.slice(0, 1)].join(' ');
  return [`query ${name}${variables && `(${variables})`} {`, field, ...below.slice(1), '}', ''].join('\n');
}

function writeTicks(ticks: Ticks, depth: number): string[] {
  const indent = '  '.repeat(depth);
  return Object.entries(ticks).flatMap(([field, below]) => {
    const lines = writeTicks(below, depth + 1);
    if (lines.length > 0) return [`${indent}${field} {`, ...lines, `${indent}}`];
    // A type of a union of which nothing is ticked asks for nothing.
    return field.startsWith(FRAGMENT) ? [] : [indent + field];
  });
}

/** Reads a query's text as the builder has it.
 *  @returns undefined for one that the builder cannot show: several roots, aliases, directives, named fragments, values in
 *           its text
 *  @throws GraphQLError  where it is no GraphQL */
export function readQuery(text: string): BuiltQuery | undefined {
  const { definitions } = parse(text, { noLocation: true });
  const [operation] = definitions;
  if (definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const { selections } = operation.selectionSet;
  const [root] = selections;
  if (operation.operation !== OperationTypeNode.QUERY || selections.length !== 1 || root?.kind !== Kind.FIELD)
    return undefined;
  const isPlain =
    !isDecorated(root) &&
    (operation.directives ?? []).length === 0 &&
    (root.arguments ?? []).every(
      ({ name, value }) => value.kind === Kind.VARIABLE && value.name.value === name.value,
    ) &&
    (operation.variableDefinitions ?? []).every(({ defaultValue }) => !defaultValue);
  const ticks = root.selectionSet ? readTicks(root.selectionSet) : {};
  if (!isPlain || !ticks) return undefined;
  return { root: root.name.value, args: (root.arguments ?? []).map(({ name }) => name.value), ticks };
}

function readTicks({ selections }: SelectionSetNode): Ticks | undefined {
  const ticks: Record<string, Ticks> = {};
  for (const selection of selections) {
    let key: string;
    if (selection.kind === Kind.FIELD) {
      if (isDecorated(selection) || (selection.arguments ?? []).length > 0) return undefined;
      key = selection.name.value;
    } else if (selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition) {
      if ((selection.directives ?? []).length > 0) return undefined;
      key = onType(selection.typeCondition.name.value);
    } else return undefined;
    const below = selection.selectionSet ? readTicks(selection.selectionSet) : {};
    if (!below || Object.hasOwn(ticks, key)) return undefined;
    if (key !== '__typename') ticks[key] = below;
  }
  return ticks;
}

const isDecorated = ({ alias, directives }: FieldNode): boolean => alias !== undefined || (directives ?? []).length > 0;

/** What is ticked below a path. */
export const ticksAt = (ticks: Ticks, path: readonly string[]): Ticks | undefined =>
  path.reduce<Ticks | undefined>((found, field) => found?.[field], ticks);

/** The same ticks with one field on or off. What is above a field that is ticked is ticked with it, and goes with the last
 *  field below it. */
export function tick(ticks: Ticks, [field, ...below]: readonly string[], on: boolean): Ticks {
  if (field === undefined) return ticks;
  const { [field]: known, ...others } = ticks;
  if (below.length === 0) {
    if (on) return known ? ticks : { ...ticks, [field]: {} };
    return others;
  }
  const changed = tick(known ?? {}, below, on);
  if (Object.keys(changed).length === 0) return others;
  // In its place, so that a text does not jump.
  return { ...ticks, [field]: changed };
}

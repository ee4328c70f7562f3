import {
  execute,
  getNullableType,
  isNonNullType,
  parse,
  type GraphQLError,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { OnField } from './resolvers.js';
import type { ServedWorld } from './serve-world.js';

/** An operation with its variables. */
export interface Asked {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
export type Path = readonly (string | number)[];
/** The type at a place. */
export type TypeOf = (path: Path) => GraphQLOutputType;

/** An operation run with every field nullable, so that each failure stands in its own place. */
export interface LenientResult {
  readonly data: unknown;
  readonly errors: readonly GraphQLError[];
  /** Types that a schema has at the places of the data. */
  typesIn(schema: GraphQLSchema): TypeOf;
}

/** @param onField  told of every field; the field fails where it throws */
export async function runLeniently(
  { lenient }: ServedWorld,
  { text, variables }: Asked,
  onField?: OnField,
): Promise<LenientResult> {
  const fields = new Map<string, { readonly type: string; readonly name: string }>();
  const contextValue: OnField = (info) => {
    fields.set(toKeys(info.path).join('.'), { type: info.parentType.name, name: info.fieldName });
    onField?.(info);
  };
  const ran = execute({ schema: lenient, document: parse(text), variableValues: variables, contextValue });
  const { data, errors = [] } = await ran;
  const typesIn = (schema: GraphQLSchema): TypeOf => {
    return (path) => {
      const last = path.findLastIndex((key) => typeof key === 'string');
      const field = fields.get(path.slice(0, last + 1).join('.'))!;
      let { type } = (schema.getType(field.type) as GraphQLObjectType).getFields()[field.name]!;
      for (let levels = path.length - 1 - last; levels > 0; levels--)
        type = (getNullableType(type) as GraphQLList<GraphQLOutputType>).ofType;
      return type;
    };
  };
  return { data, errors, typesIn };
}

export const toKeys = (path: GraphQLResolveInfo['path'] | undefined): (string | number)[] =>
  path ? [...toKeys(path.prev), path.key] : [];

/** Lets nulls move up to the first place that may be null.
 *  @param stays  places whose null stays where it is, whatever the type says
 *  @source GraphQL specification 6.4.4 "Handling Execution Errors" */
export function moveNulls(value: unknown, typeOf: TypeOf, stays: ReadonlySet<string>, path: Path = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [key, moveNulls(each, typeOf, stays, at)];
  });
  const isLost = entries.some(([key, each]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return each === null && key !== '__typename' && isNonNullType(typeOf(at)) && !stays.has(at.join('.'));
  });
  if (isLost) return null;
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

/** Finds where an answer is not the right one. Inside of what a provider loses because it may not have a null of its own
 *  there, more may be null.
 *  @param lost  the right data as the providers' own schemas would have it
 *  @returns the place, or undefined */
export function findDifference(
  answer: unknown,
  right: unknown,
  lost: unknown,
  isLost = false,
  path: Path = [],
): string | undefined {
  const inLost = isLost || (lost === null && right !== null);
  if (answer === right || (answer === null && inLost)) return undefined;
  const here = path.join('.') || '(all)';
  if (typeof answer !== 'object' || typeof right !== 'object' || answer === null || right === null) return here;
  const [given, expected] = [Object.entries(answer), Object.entries(right)];
  if (given.map(([key]) => key).join() !== expected.map(([key]) => key).join()) return here;
  for (const [index, [key, value]] of given.entries()) {
    const below = inLost ? undefined : (lost as Record<string, unknown>)[key];
    const found = findDifference(value, expected[index]![1], below, inLost, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True for a place inside of what a provider loses, or where it loses it. */
export function isLostAt(place: string, right: unknown, lost: unknown): boolean {
  const at = (value: unknown, key: string) => (value as Record<string, unknown> | null | undefined)?.[key];
  const keys = place === '(all)' ? [] : place.split('.');
  for (const [index, key] of [...keys, ''].entries()) {
    if (lost === null || index === keys.length) return lost === null && right !== null;
    [right, lost] = [at(right, key), at(lost, key)];
  }
  return false;
}

/** Places that are null though they must not be, and not because of an error. */
export function* forbiddenNulls(value: unknown, typeOf: TypeOf, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (each === null && isNonNullType(typeOf(at))) yield at;
    else yield* forbiddenNulls(each, typeOf, at);
  }
}

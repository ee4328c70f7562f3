import type { EntityProperty } from '@mikro-orm/core';
import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import { HubError } from '../kernel/index.js';
import { parseFieldSet } from '../share/field-set.js';
import { argument } from '../share/share-spec.js';
import { greatestInteger, isScalar, isText } from './columns.js';
import type { TypeClass } from './definition.js';
import { directivesOf } from '../share/directives-of.js';
import type { SubgraphProblem } from './problems.js';
import type { FindRecords, StatedResolver } from './stated-resolvers.js';

/** One `@key` of a type by which this subgraph finds its records. */
export interface KeyPlan {
  readonly fields: readonly KeyField[];
  /** The provider's own method that finds them, in place of a look-up by columns. */
  readonly find?: FindRecords<object>;
}
export interface KeyField {
  /** In the graph: the field, and below it those of nested records, as `['variation', 'id']`. */
  readonly path: readonly string[];
  /** Of the entity; the field's own name where the type has no table. */
  readonly property: string;
  /** Value in a representation → value to look up.
   *  @throws HubError BAD_USER_INPUT when no record can have it */
  readonly toColumn: (value: unknown) => unknown;
}

/** Value of a representation or a record at a path; undefined where it does not reach so far. */
export const valueAt = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && name in value
        ? (value as Record<string, unknown>)[name]
        : undefined,
    record,
  );

/** Fields of a key as they are shown to a person. */
export const keyText = ({ fields }: KeyPlan): string => fields.map(({ path }) => path.join('.')).join(' ');

/** Reads the keys of a type without a table: what a representation carries is all that is known, unless the provider has
 *  a resolver of its own. */
export function planCarriedKeys(type: GraphQLObjectType, resolvers: readonly StatedResolver[]): KeyPlan[] {
  return fieldSets(type).map((set) => carriedKey(set, resolverOf(set, resolvers)));
}

const carriedKey = ({ selections }: KeyFieldSet, find: FindRecords<object> | undefined): KeyPlan => ({
  fields: leavesOf(selections).map((path) => ({ path, property: path[0]!, toColumn: (value) => value })),
  ...(find && { find }),
});

/** How the fields of a type rest on its table. */
export interface TableColumns {
  /** The column that a field is, undefined where it is computed. */
  readonly columnOf: (field: string) => EntityProperty | undefined;
  /** The one column of which a getter of the entity makes a nested record, as `@Reads` says; undefined for any other. */
  readonly columnBehind: (field: string) => EntityProperty | undefined;
}

/** Reads the keys of a type whose records are in a table. Each key field must be a column of its own and of a type that
 *  keeps the value of a representation, since another one finds no record and says nothing; or the one field of a nested
 *  record that is made of one column. */
export function planColumnKeys(
  type: GraphQLObjectType,
  { columnOf, columnBehind }: TableColumns,
  resolvers: readonly StatedResolver[],
  problems: SubgraphProblem[],
): KeyPlan[] {
  const refuse = (code: string, at: string, message: string) => void problems.push({ code, at, message });
  return fieldSets(type).flatMap((set) => {
    const find = resolverOf(set, resolvers);
    if (find) return [carriedKey(set, find)];
    const paths = leavesOf(set.selections);
    const fields = paths.flatMap((path): KeyField[] => {
      const at = `${type.name}.${path.join('.')}`;
      const nested = path.length > 1;
      const alone = paths.filter(([top]) => top === path[0]).length === 1;
      const property = !nested ? columnOf(path[0]!) : alone && path.length === 2 ? columnBehind(path[0]!) : undefined;
      if (nested && !property) {
        refuse(
          'KEY_NESTED',
          type.name,
          `The kit finds no record by @key(fields: "${set.text}"). A nested record must be a getter with one key field, made of one column by @Reads; find others by a method with @ResolveReference, or state resolvable: false.`,
        );
        return [];
      }
      const field = fieldAt(type, path);
      if (!field || !property || !isScalar(property) || isListType(getNullableType(field.type))) {
        refuse(
          'KEY_NOT_A_COLUMN',
          at,
          `${at} is in a key and is no column of the entity, so no record would be found by it. Use the column as the key, or find the records by a method with @ResolveReference.`,
        );
        return [];
      }
      const toColumn = converter(at, field.type, property);
      if (toColumn) return [{ path, property: property.name, toColumn }];
      refuse(
        'KEY_TYPE_DIFFERS',
        at,
        `${at} is a ${String(getNamedType(field.type))} in the graph and ${columnType(property)} in the table, so no record would be found by it. Use String, ID or an enum for text, and ID or Int for whole numbers.`,
      );
      return [];
    });
    return fields.length === paths.length ? [{ fields }] : [];
  });
}

/** Finds methods with `@ResolveReference` that no reference would ever come to, or several for one key. */
export function findResolverProblems(
  typeOf: (typeClass: TypeClass) => GraphQLObjectType | undefined,
  resolvers: readonly StatedResolver[],
): SubgraphProblem[] {
  const problems: SubgraphProblem[] = [];
  const taken = new Map<string, string>();
  for (const { type: typeClass, key, method } of resolvers) {
    const type = typeOf(typeClass);
    const keys = type ? fieldSets(type).map(({ selections }) => canonical(selections)) : [];
    const wanted = key === undefined ? undefined : canonicalText(key);
    if (!type || keys.length === 0 || (wanted !== undefined && !keys.includes(wanted))) {
      problems.push({
        code: 'REFERENCE_RESOLVER_WITHOUT_KEY',
        at: method,
        message: `${method} resolves references to ${type?.name ?? typeClass.name}${key === undefined ? '' : ` by "${key}"`}, which has no such key here. State it with @Key, or leave the method out.`,
      });
      continue;
    }
    const name = `${type.name} ${wanted ?? '*'}`;
    const other = taken.get(name);
    if (other !== undefined)
      problems.push({
        code: 'REFERENCE_RESOLVER_TWICE',
        at: method,
        message: `${method} and ${other} both resolve references to ${type.name}${key === undefined ? '' : ` by "${key}"`}. Keep one.`,
      });
    taken.set(name, method);
  }
  return problems;
}

interface KeyFieldSet {
  readonly text: string;
  readonly selections: SelectionSetNode['selections'];
}

/** The keys by which this subgraph resolves records. */
export function fieldSets(type: GraphQLObjectType | GraphQLInterfaceType): KeyFieldSet[] {
  return directivesOf(type.astNode, 'key').flatMap((directive) => {
    const text = argument(directive, 'fields');
    const set = typeof text === 'string' ? parseFieldSet(text) : undefined;
    return set && argument(directive, 'resolvable') !== false
      ? [{ text: text as string, selections: set.selections }]
      : [];
  });
}

function leavesOf(selections: KeyFieldSet['selections'], above: readonly string[] = []): string[][] {
  return selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD) return [];
    const path = [...above, node.name.value];
    return node.selectionSet ? leavesOf(node.selectionSet.selections, path) : [path];
  });
}

/** A field set as one text, whatever its order and spelling. */
const canonical = (selections: KeyFieldSet['selections']): string =>
  leavesOf(selections)
    .map((path) => path.join('.'))
    .toSorted()
    .join(' ');
const canonicalText = (text: string): string => canonical(parseFieldSet(text)?.selections ?? []);

/** The provider's method for a key: the one for this very key before the one for all. */
function resolverOf(
  { selections }: KeyFieldSet,
  resolvers: readonly StatedResolver[],
): FindRecords<object> | undefined {
  const text = canonical(selections);
  const own = resolvers.find(({ key }) => key !== undefined && canonicalText(key) === text);
  return (own ?? resolvers.find(({ key }) => key === undefined))?.find;
}

function fieldAt(type: GraphQLObjectType, path: readonly string[]): GraphQLField<unknown, unknown> | undefined {
  let parent: GraphQLNamedType = type;
  let field: GraphQLField<unknown, unknown> | undefined;
  for (const name of path) {
    field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) return undefined;
    parent = getNamedType(field.type);
  }
  return field;
}

const columnType = (property: EntityProperty): string => property.columnTypes?.[0] ?? 'of no type';

/** How a representation's value becomes the column's; undefined where it cannot. */
function converter(at: string, type: GraphQLOutputType, property: EntityProperty): KeyField['toColumn'] | undefined {
  const leaf = getNamedType(type);
  if (!isLeafType(leaf)) return undefined;
  const wrong = () => new HubError('BAD_USER_INPUT', `${at} of a reference cannot be looked up.`);
  const parse = (value: unknown): unknown => {
    try {
      return leaf.parseValue(value);
    } catch {
      throw wrong();
    }
  };
  if (isText(property)) return ['Int', 'Float', 'Boolean'].includes(leaf.name) ? undefined : parse;
  const greatest = greatestInteger(property);
  if (greatest === undefined || !['ID', 'Int'].includes(leaf.name)) return undefined;
  return (value) => {
    const text = String(parse(value));
    if (!/^(0|-?[1-9]\d{0,18})$/.test(text) || BigInt(text) > greatest || BigInt(text) < -greatest) throw wrong();
    return text;
  };
}

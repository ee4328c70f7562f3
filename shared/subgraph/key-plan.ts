import type { EntityProperty } from '@mikro-orm/core';
import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  Kind,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { HubError } from '../kernel/index.js';
import { parseFieldSet } from '../share/field-set.js';
import { argument } from '../share/share-spec.js';
import { greatestInteger, isScalar, isText } from './columns.js';
import { directivesOf } from './directives-of.js';
import type { SubgraphProblem } from './problems.js';

/** One `@key` of a type by which this subgraph finds its records. */
export interface KeyPlan {
  readonly fields: readonly KeyField[];
}
export interface KeyField {
  /** In the graph. */
  readonly name: string;
  /** Of the entity; the field's own name where the type has no table. */
  readonly property: string;
  /** Value in a representation → value to look up.
   *  @throws HubError BAD_USER_INPUT when no record can have it */
  readonly toColumn: (value: unknown) => unknown;
}

/** Reads the keys of a type without a table: what a representation carries is all that is known. */
export function planCarriedKeys(type: GraphQLObjectType): KeyPlan[] {
  return fieldSets(type).map(({ selections }) => ({
    fields: selections.flatMap((node) =>
      node.kind === Kind.FIELD
        ? [{ name: node.name.value, property: node.name.value, toColumn: (value: unknown) => value }]
        : [],
    ),
  }));
}

/** Reads the keys of a type whose records are in a table. Each key field must be a column of its own and of a type that
 *  keeps the value of a representation, since another one finds no record and says nothing.
 *  @param columnOf  field in the graph → the column it is, undefined where it is computed */
export function planColumnKeys(
  type: GraphQLObjectType,
  columnOf: (field: string) => EntityProperty | undefined,
  problems: SubgraphProblem[],
): KeyPlan[] {
  const refuse = (code: string, at: string, message: string) => void problems.push({ code, at, message });
  return fieldSets(type).flatMap(({ text, selections }) => {
    const fields: KeyField[] = [];
    for (const node of selections) {
      const name = node.kind === Kind.FIELD ? node.name.value : '';
      const at = `${type.name}.${name}`;
      if (node.kind !== Kind.FIELD || node.selectionSet) {
        refuse(
          'KEY_NESTED',
          type.name,
          `The kit finds no record by @key(fields: "${text}"). Name columns of ${type.name} itself, or state resolvable: false.`,
        );
        return [];
      }
      const field = type.getFields()[name];
      const property = columnOf(name);
      if (!field || !property || !isScalar(property) || isListType(getNullableType(field.type))) {
        refuse(
          'KEY_NOT_A_COLUMN',
          at,
          `${at} is in a key and is no column of the entity, so no record would be found by it. Use the column as the key.`,
        );
        continue;
      }
      const toColumn = converter(at, field.type, property);
      if (toColumn) fields.push({ name, property: property.name, toColumn });
      else
        refuse(
          'KEY_TYPE_DIFFERS',
          at,
          `${at} is a ${String(getNamedType(field.type))} in the graph and ${columnType(property)} in the table, so no record would be found by it. Use String, ID or an enum for text, and ID or Int for whole numbers.`,
        );
    }
    return fields.length === selections.length ? [{ fields }] : [];
  });
}

interface KeyFieldSet {
  readonly text: string;
  readonly selections: NonNullable<ReturnType<typeof parseFieldSet>>['selections'];
}

/** The keys by which this subgraph resolves records. */
function fieldSets(type: GraphQLObjectType): KeyFieldSet[] {
  return directivesOf(type.astNode, 'key').flatMap((directive) => {
    const text = argument(directive, 'fields');
    const set = typeof text === 'string' ? parseFieldSet(text) : undefined;
    return set && argument(directive, 'resolvable') !== false
      ? [{ text: text as string, selections: set.selections }]
      : [];
  });
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

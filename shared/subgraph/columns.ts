import { ReferenceKind, type EntityProperty } from '@mikro-orm/core';

const baseType = (property: EntityProperty): string =>
  (property.columnTypes?.[0] ?? '').toLowerCase().replace(/\s*\(.*\)/, '');

const TEXT = new Set(['text', 'varchar', 'character varying', 'char', 'character', 'bpchar', 'citext', 'uuid', 'date']);
/** Greatest value of each. */
const INTEGERS: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n - 1n,
  int2: 2n ** 15n - 1n,
  smallserial: 2n ** 15n - 1n,
  int: 2n ** 31n - 1n,
  int4: 2n ** 31n - 1n,
  integer: 2n ** 31n - 1n,
  serial: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
  int8: 2n ** 63n - 1n,
  bigserial: 2n ** 63n - 1n,
};

/** True for a column that holds a text, or a date as text. */
export const isText = (property: EntityProperty): boolean =>
  property.enum === true
    ? property.items?.every((item) => typeof item === 'string') === true
    : TEXT.has(baseType(property)) && property.array !== true;

/** Greatest value of a column of whole numbers; undefined for any other column. */
export const greatestInteger = (property: EntityProperty): bigint | undefined => INTEGERS[baseType(property)];

/** Type to which a text is cast to be compared with the column: without its length, since a cast to a length cuts off. */
export const comparedType = (property: EntityProperty): string =>
  isText(property) && !['uuid', 'date'].includes(baseType(property)) ? 'text' : baseType(property);

/** A column's value as a text that is equal where the database finds the values equal. */
export function comparableText(property: EntityProperty | undefined, value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  switch (property && baseType(property)) {
    case 'uuid':
    case 'citext':
      return text.toLowerCase();
    case 'char':
    case 'character':
    case 'bpchar':
      return text.trimEnd();
    default:
      return text;
  }
}

/** True for a property that is a column of its own, not a relation or an embedded object. */
export const isScalar = ({ kind }: EntityProperty): boolean => kind === ReferenceKind.SCALAR;

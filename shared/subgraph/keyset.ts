import { unknownCursor, type Cursors } from './cursor-codec.js';
import { valuesOf } from './row-identity.js';
import type { TablePlan } from './type-plan.js';

export type Direction = 'asc' | 'desc';

/** Properties that order a list so that each row has a place of its own: the one asked for, then the primary key. */
export const orderProperties = ({ primaryKey }: TablePlan, property: string | undefined): readonly string[] =>
  property === undefined ? primaryKey : [property, ...primaryKey.filter((each) => each !== property)];

/** Conditions of the rows that have a place in that order: those with a value to stand by. */
export function havingPlace(table: TablePlan, property: string | undefined): object[] {
  const [first] = orderProperties(table, property);
  return table.properties.get(first!)?.nullable ? [{ [first!]: { $ne: null } }] : [];
}

/** Conditions, all of which hold of the rows behind these values in that order. The first alone lets an index find where
 *  to begin. */
export function rowsBehind(properties: readonly string[], values: readonly unknown[], direction: Direction): object[] {
  const [property, ...others] = properties;
  const [value, ...otherValues] = values;
  const beyond = { [property!]: { [direction === 'asc' ? '$gt' : '$lt']: value } };
  if (others.length === 0) return [beyond];
  return [
    { [property!]: { [direction === 'asc' ? '$gte' : '$lte']: value } },
    { $or: [beyond, { $and: rowsBehind(others, otherValues, direction) }] },
  ];
}

/** A row's cursor: its whole primary key, and nothing else. */
export const encodeRow = (
  cursors: Cursors,
  list: string,
  { primaryKey }: TablePlan,
  row: Readonly<Record<string, unknown>>,
): string => cursors.encode(list, JSON.stringify(valuesOf(row, primaryKey), textOfBigInt));

/** For JSON, which has no large integers. */
export const textOfBigInt = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** @returns the values of the primary key
 *  @throws HubError BAD_USER_INPUT when the cursor is not one of this list */
export function decodeRow(
  cursors: Cursors,
  list: string,
  { primaryKey }: TablePlan,
  cursor: string,
): readonly unknown[] {
  const text = cursors.decode(list, cursor);
  try {
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values) && values.length === primaryKey.length) return values;
  } catch {
    // A cursor of another kind.
  }
  throw unknownCursor();
}

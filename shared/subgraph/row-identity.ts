import { comparableText } from './columns.js';
import { valueAt, type KeyField } from './key-plan.js';
import type { TablePlan } from './type-plan.js';

/** Values of a row or of a request in the given properties, as one text that two have in common exactly when the database
 *  finds them equal. */
export const identityText = (table: TablePlan, properties: readonly string[], values: readonly unknown[]): string =>
  properties.length === 1
    ? comparableText(table.properties.get(properties[0]!), values[0])
    : JSON.stringify(values.map((value, i) => comparableText(table.properties.get(properties[i]!), value)));

/** Condition: the row has one of these combinations of values. */
export const hasOneOf = (properties: readonly string[], tuples: readonly (readonly unknown[])[]): object =>
  properties.length === 1
    ? { [properties[0]!]: { $in: tuples.map(([value]) => value) } }
    : { [properties.join('~~~')]: { $in: tuples } }; // MikroORM's name for a tuple of columns

export const valuesOf = (row: Readonly<Record<string, unknown>>, properties: readonly string[]): unknown[] =>
  properties.map((property) => row[property]);

/** True for a row that has these values of a key. A getter may make a record of another value than the column's, which then is
 *  another record's.
 *  @param exact  asks it of columns too, of which the database may take several values for the same */
export const isKeptBy = (
  row: object,
  fields: readonly KeyField[],
  values: readonly unknown[],
  exact = false,
): boolean =>
  fields.every(({ path, property }, i) => {
    if (path.length === 1 && !exact) return true;
    return String(valueAt(row, path.length === 1 ? [property] : path)) === String(values[i]);
  });

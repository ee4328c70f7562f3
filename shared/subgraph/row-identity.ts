import { comparableText } from './columns.js';
import type { TablePlan } from './type-plan.js';

/** Values of a row or of a request in the given properties, as one text that two have in common exactly when the database
 *  finds them equal. */
export const identityText = (table: TablePlan, properties: readonly string[], values: readonly unknown[]): string =>
  JSON.stringify(values.map((value, i) => comparableText(table.properties.get(properties[i]!), value)));

/** Condition: the row has one of these combinations of values. */
export const hasOneOf = (properties: readonly string[], tuples: readonly (readonly unknown[])[]): object =>
  properties.length === 1
    ? { [properties[0]!]: { $in: tuples.map(([value]) => value) } }
    : { [properties.join('~~~')]: { $in: tuples } }; // MikroORM's name for a tuple of columns

export const valuesOf = (row: Readonly<Record<string, unknown>>, properties: readonly string[]): unknown[] =>
  properties.map((property) => row[property]);

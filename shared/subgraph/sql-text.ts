import { AbstractSqlPlatform, BaseMySqlPlatform } from '@mikro-orm/sql';
import type { RowDatabase } from './type-plan.js';

/** Value that stands beside a statement, never in it. */
export type SqlValue = string | number | bigint | boolean;

export const isValue = (value: unknown): value is SqlValue =>
  ['string', 'bigint', 'boolean'].includes(typeof value) || Number.isFinite(value);

/** A statement as it is written: names come from the entities, every value is a parameter. */
export interface SqlText {
  readonly values: readonly (SqlValue | readonly SqlValue[])[];
  /** Alias of the table that is read. */
  readonly alias: string;
  quote(name: string): string;
  /** A place for a value, in the order of the text. */
  bind(value: SqlValue): string;
  /** A condition: the column has one of these values, of which there is one at least. */
  isOneOf(column: string, values: readonly SqlValue[]): string;
  isNoneOf(column: string, values: readonly SqlValue[]): string;
}

/** Begins a statement.
 *  @returns undefined for a source without SQL */
export function beginSql(database: RowDatabase): SqlText | undefined {
  const platform = database.em.getPlatform();
  if (!(platform instanceof AbstractSqlPlatform)) return undefined;
  return platform instanceof BaseMySqlPlatform ? mySqlText() : postgreSqlText();
}

const ALIAS = 'row';

/** A list is one parameter, so the text is the same for any number of values. */
function postgreSqlText(): SqlText {
  const values: (SqlValue | readonly SqlValue[])[] = [];
  const place = (value: SqlValue | readonly SqlValue[]) => `$${values.push(value)}`;
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return {
    values,
    alias: quote(ALIAS),
    quote,
    bind: place,
    isOneOf: (column, list) => `${column} = any(${place(list)})`,
    isNoneOf: (column, list) => `${column} <> all(${place(list)})`,
  };
}

function mySqlText(): SqlText {
  const values: SqlValue[] = [];
  const bind = (value: SqlValue) => (values.push(value), '?');
  const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;
  return {
    values,
    alias: quote(ALIAS),
    quote,
    bind,
    isOneOf: (column, list) => `${column} in (${list.map(bind).join(', ')})`,
    isNoneOf: (column, list) => `${column} not in (${list.map(bind).join(', ')})`,
  };
}

import { raw } from '@mikro-orm/core';
import type { TablePlan } from './type-plan.js';

/** Condition: the property has none of these identifiers, or no value at all. They are one parameter, which PostgreSQL makes
 *  a hash table of, so thousands cost a list no more than a few. */
export function isNoneOf(table: TablePlan, property: string, identifiers: readonly string[]): object {
  const { sql, params } = noneOfSql(table, property, identifiers);
  return { [raw((alias) => sql(quote(alias)), params as string[])]: [] };
}

/** The same as SQL, for rows that stand under an alias. */
export function noneOfSql(
  { properties }: TablePlan,
  property: string,
  identifiers: readonly string[],
): { readonly sql: (alias: string) => string; readonly params: readonly string[] } {
  const column = quote(properties.get(property)!.fieldNames[0]!);
  return {
    sql: (alias) => `(${alias}.${column} is null or ${alias}.${column}::text <> all(?::text[]))`,
    params: [`{${identifiers.join(',')}}`],
  };
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

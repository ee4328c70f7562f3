import { raw } from '@mikro-orm/core';
import { comparedType } from './columns.js';
import { prefixesOf, type Cuts } from './row-cut.js';
import type { TablePlan } from './type-plan.js';

/** Condition: the row is among the first of its parent's, in the order of the primary key. The database stops at the limit
 *  of each parent; without it a list of 100 would read every row that the parent has.
 *  @param property  holds the parent's key
 *  @param limit     rows for each parent
 *  @param cuts      of whole rows, since a row that is cut away takes nobody's place */
export function isAmongFirst(
  table: TablePlan,
  property: string,
  parents: readonly unknown[],
  limit: number,
  cuts: Cuts,
): object {
  const { metadata, primaryKey, properties } = table;
  const column = (name: string) => quote(properties.get(name)!.fieldNames[0]!);
  const key = primaryKey.map(column);
  const from = [metadata.schema, metadata.tableName].flatMap((name) => (name ? [quote(name)] : [])).join('.');
  const parent = properties.get(property)!;
  const cut = cutSql(table, cuts);
  const first = `select ${key.map((name) => `child.${name}`).join(', ')}
    from (select (jsonb_array_elements_text(?::jsonb))::${comparedType(parent)} as key) as parent
    cross join lateral (
      select ${key.join(', ')} from ${from} as child
      where child.${column(property)} = parent.key${cut.sql}
      order by ${key.join(', ')} limit ?
    ) as child`;
  const params = [
    JSON.stringify(parents.map((key) => (key instanceof Date ? key.toISOString() : String(key)))),
    ...cut.params,
    limit,
  ];
  // As an array a single column is found by its index, whatever the planner expects of the subquery.
  const condition = (alias: string) =>
    key.length === 1
      ? `${quote(alias)}.${key[0]} = any(array(${first}))`
      : `(${key.map((name) => `${quote(alias)}.${name}`).join(', ')}) in (${first})`;
  return { [raw(condition, params)]: [] };
}

function cutSql({ division, properties }: TablePlan, cuts: Cuts): { sql: string; params: readonly unknown[] } {
  if (cuts.length === 0) return { sql: '', params: [] };
  const column = quote(properties.get(division!)!.fieldNames[0]!);
  return {
    sql: cuts.map(() => ` and child.${column} like any(array(select jsonb_array_elements_text(?::jsonb)))`).join(''),
    params: cuts.map((prefixes) => JSON.stringify(prefixesOf(prefixes).map((code) => `${code}%`))),
  };
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

import { raw } from '@mikro-orm/core';
import { comparedType } from './columns.js';
import type { HiddenRows } from './hidden-rows.js';
import { noneOfSql } from './none-of.js';
import { prefixesOf } from './row-cut.js';
import type { TablePlan } from './type-plan.js';

/** Condition: the row is among the first of its parent's, in the order of the primary key. The database stops at the limit
 *  of each parent; without it a list of 100 would read every row that the parent has.
 *  @param property  holds the parent's key
 *  @param limit     rows for each parent
 *  @param hidden    rows that take nobody's place */
export function isAmongFirst(
  table: TablePlan,
  property: string,
  parents: readonly unknown[],
  limit: number,
  hidden: HiddenRows,
): object {
  const { metadata, primaryKey, properties } = table;
  const column = (name: string) => quote(properties.get(name)!.fieldNames[0]!);
  const key = primaryKey.map(column);
  const from = [metadata.schema, metadata.tableName].flatMap((name) => (name ? [quote(name)] : [])).join('.');
  const parent = properties.get(property)!;
  const cut = seenSql(table, hidden);
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

function seenSql(table: TablePlan, { cuts, identifiers }: HiddenRows): { sql: string; params: readonly unknown[] } {
  const { division, subject, properties } = table;
  const column = () => quote(properties.get(division!)!.fieldNames[0]!);
  const others = identifiers.length > 0 ? [noneOfSql(table, subject!.property, identifiers)] : [];
  return {
    sql: [
      ...cuts.map(() => ` and child.${column()} like any(array(select jsonb_array_elements_text(?::jsonb)))`),
      ...others.map(({ sql }) => ` and ${sql('child')}`),
    ].join(''),
    params: [
      ...cuts.map((prefixes) => JSON.stringify(prefixesOf(prefixes).map((code) => `${code}%`))),
      ...others.flatMap(({ params }) => params),
    ],
  };
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

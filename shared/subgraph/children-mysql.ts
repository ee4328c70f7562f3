import { raw } from '@mikro-orm/core';
import type { HiddenRows } from './hidden-rows.js';
import { prefixesOf } from './row-cut.js';
import type { TablePlan } from './type-plan.js';

/** `isAmongFirst` for MariaDB and MySQL. MariaDB has no lateral join, so each parent has a select of its own, which the
 *  database ends at the limit. */
export function isAmongFirstInMySql(
  { metadata, primaryKey, properties, division, subject }: TablePlan,
  property: string,
  parents: readonly unknown[],
  limit: number,
  { cuts, identifiers }: HiddenRows,
): object {
  const column = (name: string) => quote(properties.get(name)!.fieldNames[0]!);
  const key = primaryKey.map(column);
  const from = [metadata.schema, metadata.tableName].flatMap((name) => (name ? [quote(name)] : [])).join('.');
  const cut = cuts.map((prefixes) => {
    const codes = prefixesOf(prefixes);
    return {
      sql: codes.length === 0 ? ' and false' : ` and (${codes.map(() => `${column(division!)} like ?`).join(' or ')})`,
      params: codes.map((code) => `${code}%`),
    };
  });
  if (identifiers.length > 0) {
    const name = column(subject!.property);
    cut.push({
      sql: ` and (${name} is null or ${name} not in (${identifiers.map(() => '?').join(', ')}))`,
      params: [...identifiers],
    });
  }
  const one = `(select ${key.join(', ')} from ${from} where ${column(property)} = ?${cut.map(({ sql }) => sql).join('')}
    order by ${key.join(', ')} limit ?)`;
  const params = parents.flatMap((parent) => [parent, ...cut.flatMap((each) => each.params), limit]);
  const condition = (alias: string) =>
    `(${key.map((name) => `${quote(alias)}.${name}`).join(', ')}) in
     (select ${key.join(', ')} from (${parents.map(() => one).join(' union all ')}) as first_of_each)`;
  return { [raw(condition, params)]: [] };
}

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

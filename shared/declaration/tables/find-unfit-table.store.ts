import type { TableSpec } from '../index.js';
import {
  columnType,
  indexName,
  names,
  quote,
  readColumns,
  readIndexes,
  type Queryable,
} from './table-columns.store.js';

/** Says why a hosted table with the rows that it has cannot become as it is wanted: another key, another type of a column, a
 *  required item without values, a key that several rows share. Reads only, and takes no lock that keeps anybody waiting.
 *  @returns  undefined where it can */
export async function findUnfitTable(database: Queryable, spec: TableSpec): Promise<string | undefined> {
  const { schema, table, key, columns, unique } = spec;
  const unfit = (why: string): string => `The hosted table of ${table} ${why}`;
  const there = await readColumns(database, schema, table);
  if (there.size === 0) return undefined;
  const primary = [...there.values()].filter((column) => column.primary).map(({ name }) => name);
  if (primary.toSorted().join(' ') !== key.toSorted().join(' '))
    return unfit(`is kept by ${primary.join(', ')}, and not by ${key.join(', ')}. Give the type another name.`);
  const at = `${quote(schema)}.${quote(table)}`;
  const hasRow = async (where: string) => (await database.query(`select from ${at} ${where} limit 1`)).rowCount !== 0;
  for (const { name, type, required } of columns) {
    const found = there.get(name);
    if (found && found.type !== columnType(type))
      return unfit(`keeps ${name} as ${found.type}. Give the item another name.`);
    if (required && !found?.required && (await hasRow(found ? `where ${quote(name)} is null` : '')))
      return unfit(`has rows without ${name}. Publish it without \`required\`, load the values, then require it.`);
  }
  const indexes = await readIndexes(database, schema, table);
  for (const own of unique) {
    // A column that is new is empty, and empty ones are no key.
    if (indexes.has(indexName(table, 'key', own)) || own.some((name) => !there.has(name))) continue;
    const filled = own.map((name) => `${quote(name)} is not null`).join(' and ');
    if (await hasRow(`where _deleted_at is null and ${filled} group by ${names(own)} having count(*) > 1`))
      return unfit(`has several rows with the same ${own.join(', ')}, which is a key. Load it without them.`);
  }
  return undefined;
}

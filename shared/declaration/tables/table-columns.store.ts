import { hash } from 'node:crypto';
import type pg from 'pg';
import type { ColumnType } from '../index.js';

export type Queryable = Pick<pg.ClientBase, 'query'>;

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'integer',
  numeric: 'numeric',
  double: 'double precision',
  date: 'date',
  timestamptz: 'timestamp with time zone',
  boolean: 'boolean',
};
/** The type as PostgreSQL names it. */
export const columnType = (type: ColumnType): string => TYPES[type];

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly primary: boolean;
}

export async function readColumns(
  database: Queryable,
  schema: string,
  table: string,
): Promise<ReadonlyMap<string, TableColumn>> {
  const { rows } = await database.query<TableColumn>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
            coalesce(a.attnum = any(i.indkey), false) as primary
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       join pg_namespace n on n.oid = c.relnamespace
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
      where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
    [schema, table],
  );
  return new Map(rows.map((column) => [column.name, column]));
}

/** Names of a table's indexes. */
export async function readIndexes(database: Queryable, schema: string, table: string): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ name: string }>(
    `select c.relname as name
       from pg_index i
       join pg_class c on c.oid = i.indexrelid
       join pg_class t on t.oid = i.indrelid
       join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = $1 and t.relname = $2`,
    [schema, table],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Indexes are named for their columns.
 *  @param kind  `key` for a unique one */
export const indexName = (table: string, kind: 'key' | 'idx', columns: readonly string[]): string =>
  `${table}_${kind}_${hash('sha256', columns.join(), 'hex').slice(0, 8)}`;

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const names = (columns: readonly string[]): string => columns.map(quote).join(', ');

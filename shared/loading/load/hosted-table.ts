import { createHash } from 'node:crypto';
import pg, { type ClientBase } from 'pg';
import { LoadRefusal } from '../load-rules.js';
import type { ColumnSpec, TableSpec } from '../../declaration/index.js';

/** A hosted table's names, quoted for SQL. */
export interface HostedTable {
  readonly name: string;
  readonly history: string | undefined;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Sets of columns whose values no two records in force share, the key first. */
  readonly unique: readonly (readonly string[])[];
  /** Columns that are not of the key. */
  readonly others: readonly string[];
  /** Definitions of the columns, as in `"school" text`. */
  readonly definitions: readonly string[];
}

const quote = (name: string): string => pg.escapeIdentifier(name);

export function toHostedTable({ schema, table, columns, key, unique, history }: TableSpec): HostedTable {
  const named = (name: string) => `${quote(schema)}.${quote(name)}`;
  return {
    name: named(table),
    history: history ? named(`${table}_history`) : undefined,
    columns: columns.map(({ name }) => quote(name)),
    key: key.map(quote),
    unique: [key, ...unique].map((names) => names.map(quote)),
    others: columns.filter(({ name }) => !key.includes(name)).map(({ name }) => quote(name)),
    definitions: columns.map(({ name, type }) => `${quote(name)} ${SQL_TYPES[type]}`),
  };
}

const SQL_TYPES: Readonly<Record<ColumnSpec['type'], string>> = {
  text: 'text',
  integer: 'integer',
  numeric: 'numeric',
  double: 'double precision',
  date: 'date',
  timestamptz: 'timestamptz',
  boolean: 'boolean',
};

/** Checks that the table is there as the declaration says.
 *  @throws LoadRefusal TABLE_MISSING, TABLE_CHANGED */
export async function requireTable(client: ClientBase, { schema, table, columns }: TableSpec): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`${quote(schema)}.${quote(table)}`],
  );
  if (rows.length === 0) throw new LoadRefusal('TABLE_MISSING', table);
  const types = new Map(rows.map(({ name, type }) => [name, type.replace('timestamp with time zone', 'timestamptz')]));
  const changed = columns.filter(({ name, type }) => types.get(name) !== SQL_TYPES[type]).map(({ title }) => title);
  if (changed.length > 0) throw new LoadRefusal('TABLE_CHANGED', changed.join('、'));
}

/** Lets one load at a time change a table; it is free again when the transaction ends, however that is. */
export async function lockTable(client: ClientBase, { schema, table }: TableSpec): Promise<void> {
  const key = createHash('sha256').update(`load ${schema}.${table}`).digest().readBigInt64BE();
  await client.query('select pg_advisory_xact_lock($1)', [key.toString()]);
}

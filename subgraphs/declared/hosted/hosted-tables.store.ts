import type pg from 'pg';
import { HubError } from '../../../shared/kernel/index.js';
import type { ColumnSpec, TableSpec } from '../../../shared/declaration/index.js';
import { findUnfitTable } from '../../../shared/declaration/tables/find-unfit-table.store.js';
import {
  columnType,
  indexName,
  names,
  quote,
  readColumns,
  readIndexes,
  type TableColumn,
} from '../../../shared/declaration/tables/table-columns.store.js';

/** The tables in which the hub keeps rows for departments. They follow from declarations: columns are added when a version
 *  needs them, and go when no version that is served or could be fallen back to has them. */

const BOOKKEEPING = `_hash bytea, _loaded_at timestamptz not null default now(), _deleted_at timestamptz, _batch text`;
/** One process alters tables at a time. */
const LOCK = 7364;

/** View of a table's rows that are not deleted: nothing else is ever served. */
export const currentView = (table: string): string => `${table}_current`;
const historyTable = (table: string): string => `${table}_history`;

/** Makes the tables of a subgraph fit its versions: of those that are wanted, whatever is missing is added; what is in none
 *  of the kept ones is dropped.
 *  @param wanted  of the version that is to be served
 *  @param kept    of the version served until now, which is served for a while longer
 *  @throws HubError SUBGRAPH_INVALID where rows are there that do not fit, as `findUnfitTable` says */
export async function prepareHostedTables(
  pool: pg.Pool,
  wanted: readonly TableSpec[],
  kept: readonly TableSpec[] = [],
): Promise<void> {
  if (wanted.length === 0) return;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    for (const spec of wanted)
      await prepareTable(
        client,
        spec,
        kept.find(({ schema, table }) => schema === spec.schema && table === spec.table),
      );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function prepareTable(client: pg.PoolClient, spec: TableSpec, kept: TableSpec | undefined): Promise<void> {
  const { schema, table, key } = spec;
  const at = `${quote(schema)}.${quote(table)}`;
  await client.query(`create schema if not exists ${quote(schema)}`);
  const unfit = await findUnfitTable(client, spec);
  if (unfit)
    throw new HubError('SUBGRAPH_INVALID', unfit, {
      problems: [{ code: 'HOSTED_TABLE_UNFIT', at: table, message: unfit }],
    });
  const there = await readColumns(client, schema, table);
  if (there.size === 0) {
    const columns = spec.columns.map((column) => `${columnSql(column)}${column.required ? ' not null' : ''}`);
    await client.query(`create table ${at} (${[...columns, BOOKKEEPING].join(', ')}, primary key (${names(key)}))`);
  } else await alterTable(client, spec, there, kept);
  if (spec.history) await prepareHistory(client, spec);
  await prepareView(client, spec, kept);
  await prepareIndexes(client, spec);
}

async function alterTable(
  client: pg.PoolClient,
  spec: TableSpec,
  there: ReadonlyMap<string, TableColumn>,
  kept: TableSpec | undefined,
): Promise<void> {
  const { schema, table } = spec;
  const at = `${quote(schema)}.${quote(table)}`;
  const stays = new Set([...spec.columns, ...(kept?.columns ?? [])].map(({ name }) => name));
  const gone = [...there.keys()].filter((name) => !name.startsWith('_') && !stays.has(name));
  if (gone.length > 0) await dropView(client, spec);
  for (const name of gone) await client.query(`alter table ${at} drop column ${quote(name)}`);
  for (const column of spec.columns)
    if (!there.has(column.name)) await client.query(`alter table ${at} add column ${columnSql(column)}`);
  // A version that was in force while this process was away has left no columns.
  for (const column of kept?.columns ?? [])
    if (!there.has(column.name) && !spec.columns.some(({ name }) => name === column.name))
      await client.query(`alter table ${at} add column ${columnSql(column)}`);
  await alterRequired(client, spec, new Map([...there].filter(([name]) => !gone.includes(name))));
}

/** Rows are loaded by the wanted version, so nothing else is required of them. */
async function alterRequired(
  client: pg.PoolClient,
  spec: TableSpec,
  before: ReadonlyMap<string, TableColumn>,
): Promise<void> {
  const at = `${quote(spec.schema)}.${quote(spec.table)}`;
  const required = new Set(spec.columns.filter((column) => column.required).map(({ name }) => name));
  for (const { name, primary, required: isRequired } of before.values())
    if (isRequired && !primary && !name.startsWith('_') && !required.has(name))
      await client.query(`alter table ${at} alter column ${quote(name)} drop not null`);
  for (const name of required)
    if (!before.get(name)?.required) await client.query(`alter table ${at} alter column ${quote(name)} set not null`);
}

/** Versions of rows: each from when to when it was the current one. */
async function prepareHistory(client: pg.PoolClient, { schema, table, columns, key }: TableSpec): Promise<void> {
  const name = historyTable(table);
  const at = `${quote(schema)}.${quote(name)}`;
  const there = await readColumns(client, schema, name);
  if (there.size === 0) {
    const own = [...columns.map(columnSql), '_from timestamptz not null, _to timestamptz, _hash bytea, _batch text'];
    await client.query(`create table ${at} (${own.join(', ')})`);
    await client.query(`create index on ${at} (${names([...key, '_from'])})`);
    return;
  }
  for (const column of columns)
    if (!there.has(column.name)) await client.query(`alter table ${at} add column ${columnSql(column)}`);
}

/** Both versions read the view while one takes over from the other, so it has the columns of both. */
async function prepareView(client: pg.PoolClient, spec: TableSpec, kept: TableSpec | undefined): Promise<void> {
  const { schema, table } = spec;
  const there = await readColumns(client, schema, table);
  const wanted = [...spec.columns, ...(kept?.columns ?? [])].map(({ name }) => name).filter((name) => there.has(name));
  const columns = [...new Set(wanted)].sort();
  const view = await readColumns(client, schema, currentView(table));
  if ([...view.keys()].sort().join() === columns.join()) return;
  await dropView(client, spec);
  await client.query(
    `create view ${quote(schema)}.${quote(currentView(table))} as
     select ${names(columns)} from ${quote(schema)}.${quote(table)} where _deleted_at is null`,
  );
}

const dropView = (client: pg.PoolClient, { schema, table }: TableSpec) =>
  client.query(`drop view if exists ${quote(schema)}.${quote(currentView(table))}`);

/** Indexes are named for their columns; others of an earlier version stay, and cost little. */
async function prepareIndexes(client: pg.PoolClient, spec: TableSpec): Promise<void> {
  const { schema, table, unique, indexes } = spec;
  const at = `${quote(schema)}.${quote(table)}`;
  const there = await readIndexes(client, schema, table);
  const make = async (kind: 'key' | 'idx', columns: readonly string[], where: string) => {
    const name = indexName(table, kind, columns);
    if (there.has(name)) return;
    const unique = kind === 'key' ? 'unique ' : '';
    await client.query(`create ${unique}index ${quote(name)} on ${at} (${names(columns)})${where}`);
  };
  for (const columns of unique) await make('key', columns, ' where _deleted_at is null');
  for (const columns of indexes) await make('idx', columns, '');
}

const columnSql = ({ name, type }: ColumnSpec): string => `${quote(name)} ${columnType(type)}`;

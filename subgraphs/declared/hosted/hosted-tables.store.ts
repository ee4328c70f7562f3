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
    const own = spec.columns.map((column) => `${columnSql(column)}${column.required ? ' not null' : ''}`);
    const former = columnsOfBoth(spec, kept).slice(own.length).map(columnSql);
    await client.query(
      `create table ${at} (${[...own, ...former, BOOKKEEPING].join(', ')}, primary key (${names(key)}))`,
    );
  }
  if (spec.history) await prepareHistory(client, spec);
  const changes = there.size === 0 ? [] : alterations(spec, there, kept);
  const view = await readColumns(client, schema, currentView(table));
  const columns = viewColumns(spec, kept);
  if (changes.length > 0 || [...view.keys()].sort().join() !== columns.join())
    await alter(client, spec, view.size > 0, [...changes, viewSql(spec, columns)]);
  await prepareIndexes(client, spec);
}

/** Runs statements without the view, the last of which makes it. Readers lock the view and then the table, so they are locked
 *  out in that order: no reader, and no change, is ended by the other. */
async function alter(
  client: pg.PoolClient,
  { schema, table }: TableSpec,
  hasView: boolean,
  statements: readonly string[],
): Promise<void> {
  const view = `${quote(schema)}.${quote(currentView(table))}`;
  for (const statement of [...(hasView ? [`drop view ${view}`] : []), ...statements]) await client.query(statement);
}

function alterations(
  spec: TableSpec,
  there: ReadonlyMap<string, TableColumn>,
  kept: TableSpec | undefined,
): readonly string[] {
  const at = `alter table ${quote(spec.schema)}.${quote(spec.table)}`;
  const stays = new Set(columnsOfBoth(spec, kept).map(({ name }) => name));
  const gone = [...there.keys()].filter((name) => !name.startsWith('_') && !stays.has(name));
  // A version that was in force while this process was away has left no columns.
  const missing = columnsOfBoth(spec, kept).filter(({ name }) => !there.has(name));
  return [
    ...gone.map((name) => `${at} drop column ${quote(name)}`),
    ...missing.map((column) => `${at} add column ${columnSql(column)}`),
    ...requirements(spec, new Map([...there].filter(([name]) => stays.has(name) || name.startsWith('_')))),
  ];
}

/** Columns of a version, and those that the one before has alone. */
const columnsOfBoth = ({ columns }: TableSpec, kept: TableSpec | undefined): readonly ColumnSpec[] => [
  ...columns,
  ...(kept?.columns ?? []).filter(({ name }) => !columns.some((column) => column.name === name)),
];

/** Rows are loaded by the wanted version, so nothing else is required of them. */
function requirements(spec: TableSpec, before: ReadonlyMap<string, TableColumn>): readonly string[] {
  const at = `alter table ${quote(spec.schema)}.${quote(spec.table)} alter column`;
  const required = new Set(spec.columns.filter((column) => column.required).map(({ name }) => name));
  const loose = [...before.values()].filter(
    ({ name, primary, required: isRequired }) => isRequired && !primary && !name.startsWith('_') && !required.has(name),
  );
  return [
    ...loose.map(({ name }) => `${at} ${quote(name)} drop not null`),
    ...[...required].filter((name) => !before.get(name)?.required).map((name) => `${at} ${quote(name)} set not null`),
  ];
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
const viewColumns = (spec: TableSpec, kept: TableSpec | undefined): readonly string[] =>
  columnsOfBoth(spec, kept)
    .map(({ name }) => name)
    .sort();

const viewSql = ({ schema, table }: TableSpec, columns: readonly string[]): string =>
  `create view ${quote(schema)}.${quote(currentView(table))} as
   select ${names(columns)} from ${quote(schema)}.${quote(table)} where _deleted_at is null`;

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

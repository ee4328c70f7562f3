import type pg from 'pg';
import { tableSpecs, type Declaration, type TableSpec } from '../../../shared/declaration/index.js';
import { names, quote } from '../../../shared/declaration/tables/table-columns.store.js';
import { prepareHostedTables } from './hosted-tables.store.js';

/** Rows for a declared type: item → value. An item that is left out is null. */
type Rows = Iterable<Readonly<Record<string, unknown>>>;

const BATCH = 5_000;

/** Finds declarations of which a hosted table is not there, or has never had a row.
 *  @returns names of their subgraphs */
export async function findEmptyHosted(
  pool: pg.Pool,
  declarations: readonly Declaration[],
): Promise<ReadonlySet<string>> {
  const specs = declarations.flatMap(tableSpecs);
  const { rows } = await pool.query<{ schema: string; table: string }>(
    `select table_schema as schema, table_name as table from information_schema.tables where table_schema = any($1)`,
    [[...new Set(specs.map(({ schema }) => schema))]],
  );
  const there = new Set(rows.map(({ schema, table }) => `${schema}.${table}`));
  const empty = new Set<string>();
  for (const spec of specs)
    if (!there.has(`${spec.schema}.${spec.table}`) || (await isEmpty(pool, spec))) empty.add(spec.schema);
  return empty;
}

async function isEmpty(database: Pick<pg.Pool, 'query'>, spec: TableSpec): Promise<boolean> {
  const { rows } = await database.query(`select from ${tableOf(spec)} limit 1`);
  return rows.length === 0;
}

/** Makes the hosted tables of a declaration and fills those that never had a row, in one transaction.
 *  @param rowsOf  rows of a type
 *  @returns       rows written */
export async function fillHosted(
  pool: pg.Pool,
  declaration: Declaration,
  rowsOf: (type: string) => Rows,
): Promise<number> {
  const specs = tableSpecs(declaration);
  await prepareHostedTables(pool, specs);
  const client = await pool.connect();
  try {
    await client.query('begin');
    let written = 0;
    for (const spec of specs) {
      await client.query(`lock table ${tableOf(spec)} in share row exclusive mode`);
      if (await isEmpty(client, spec)) written += await insertRows(client, spec, rowsOf(spec.table));
    }
    await client.query('commit');
    return written;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function insertRows(client: pg.PoolClient, spec: TableSpec, rows: Rows): Promise<number> {
  const columns = names(spec.columns.map(({ name }) => name));
  const sql = `insert into ${tableOf(spec)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${tableOf(spec)}, $1::jsonb)`;
  let count = 0;
  let batch: unknown[] = [];
  const flush = async () => {
    if (batch.length > 0) await client.query(sql, [JSON.stringify(batch)]);
    count += batch.length;
    batch = [];
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return count;
}

const tableOf = ({ schema, table }: TableSpec): string => `${quote(schema)}.${quote(table)}`;

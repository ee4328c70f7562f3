import type { MikroORM } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';

/** Writes many rows at once: one statement and one array a column for a few thousand rows.
 *  @param columns  column → PostgreSQL type, in the order of a row's values
 *  @returns        rows written */
export type BulkInsert = (
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  rows: Iterable<readonly unknown[]>,
) => Promise<number>;
export type ColumnType = 'text' | 'int4' | 'int8' | 'float8' | 'bool' | 'date' | 'timestamptz' | 'jsonb' | 'tsvector';

const BATCH = 5_000;
const SEED_LOCK = 7364;

/** Fills an empty database in one transaction, one process at a time; leaves one alone that has rows.
 *  @param table  the table whose rows tell that the database is in use
 *  @returns      whether it was filled */
export async function fillOnce(
  orm: MikroORM,
  table: string,
  fill: (insert: BulkInsert) => Promise<void>,
): Promise<boolean> {
  const pool = await orm.em.getConnection().getNativeClient();
  const empty = async (query: (sql: string) => Promise<{ rows: unknown[] }>) =>
    (await query(`select from ${table} limit 1`)).rows.length === 0;
  if (!(await empty((sql) => pool.query(sql)))) return false;
  const client = await pool.connect();
  const indexes = new Map<string, readonly string[]>();
  try {
    await client.query('begin');
    await client.query('set local statement_timeout = 0');
    await client.query(`select pg_advisory_xact_lock(${SEED_LOCK})`);
    const fills = await empty((sql) => client.query(sql));
    if (fills) {
      await fill(async (into, columns, rows) => {
        if (!indexes.has(into)) indexes.set(into, await dropIndexes(client, into));
        const names = Object.keys(columns);
        const arrays = Object.values(columns).map((type, at) => `$${at + 1}::${type}[]`);
        const sql = `insert into ${into} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`;
        let count = 0;
        for (const batch of batches(rows)) {
          await client.query({ text: sql, values: names.map((_, at) => batch.map((row) => row[at])) });
          count += batch.length;
        }
        return count;
      });
    }
    for (const definition of [...indexes.values()].flat()) await client.query(definition);
    await client.query('commit');
    for (const table of indexes.keys()) await client.query(`analyze ${table}`);
    return fills;
  } catch (error) {
    // When the connection is lost, the server rolls back by itself; the first error is the one to report.
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Drops a table's indexes that no constraint needs: building them at the end takes a fraction of keeping them.
 *  @returns the statements that make them again */
async function dropIndexes(client: PoolClient, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map((row) => row.definition);
}

function* batches(rows: Iterable<readonly unknown[]>): Generator<(readonly unknown[])[]> {
  let batch: (readonly unknown[])[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

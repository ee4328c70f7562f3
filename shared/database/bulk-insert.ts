import type { MikroORM, PostgreSqlConnection } from '@mikro-orm/postgresql';

/** Writes many rows at once: one statement and one array a column for a few thousand rows.
 *  @param columns  column → PostgreSQL type, in the order of a row's values
 *  @returns        rows written */
export type BulkInsert = (
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  rows: Iterable<readonly unknown[]>,
) => Promise<number>;
export type ColumnType = 'text' | 'int4' | 'int8' | 'float8' | 'bool' | 'date' | 'timestamptz' | 'jsonb';

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
  const pool = await (orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
  const empty = async (query: (sql: string) => Promise<{ rows: unknown[] }>) =>
    (await query(`select from ${table} limit 1`)).rows.length === 0;
  if (!(await empty((sql) => pool.query(sql)))) return false;
  const client = await pool.connect();
  const written = new Set<string>();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${SEED_LOCK})`);
    const fills = await empty((sql) => client.query(sql));
    if (fills) {
      await fill(async (into, columns, rows) => {
        written.add(into);
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
    await client.query('commit');
    for (const name of written) await client.query(`analyze ${name}`);
    return fills;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
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

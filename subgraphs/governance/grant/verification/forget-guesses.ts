import { sql } from 'kysely';
import type pg from 'pg';
import { grantTables } from '../tables.js';

/** Rows that are deleted in one statement. */
const AT_ONCE = 10_000;

/** Deletes what no limit looks at any more: tries and misses after thirty days, runs after two, and locks a year after their
 *  end.
 *  @returns number of rows */
export async function forgetGuesses(pool: pg.Pool): Promise<number> {
  const old = {
    verification_try: sql`at < now() - interval '30 days'`,
    verification_miss: sql`since < now() - interval '30 days'`,
    verification_run: sql`at < now() - interval '2 days'`,
    verification_lock: sql`ended_at < now() - interval '1 year' and told <> ''`,
  };
  let forgotten = 0;
  for (const [name, condition] of Object.entries(old)) {
    const table = sql.table(name);
    const statement = sql`delete from ${table} where ctid in (select ctid from ${table} where ${condition} limit ${AT_ONCE})`;
    for (let rows = AT_ONCE; rows === AT_ONCE; forgotten += rows)
      rows = Number((await statement.execute(grantTables(pool))).numAffectedRows ?? 0);
  }
  return forgotten;
}

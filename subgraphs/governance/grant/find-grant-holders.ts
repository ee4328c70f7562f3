import { sql, type SqlBool } from 'kysely';
import type { Database } from '../core/index.js';
import { grantTables } from './tables.js';

/** Departments that have a grant of one of the items, in force, suspended or still to begin.
 *  @param now  ms since the epoch */
export async function findGrantHolders(
  database: Database,
  coordinates: readonly string[],
  now: number,
): Promise<string[]> {
  const rows = await grantTables(database)
    .selectFrom('share_grant')
    .select('department')
    .distinct()
    .where('revoked_at', 'is', null)
    .where('until_at', '>', new Date(now))
    .where((eb) => sql<SqlBool>`${eb.ref('coordinates')} ?| ${[...coordinates]}::text[]`)
    .orderBy('department')
    .execute();
  return rows.map(({ department }) => department);
}

import { sql, type SqlBool } from 'kysely';
import type { Database } from '../core/index.js';
import { grantTables } from './tables.js';

/** A grant that has not ended, suspended or not. */
export interface GrantOn {
  readonly id: string;
  readonly department: string;
  readonly scenario: string;
  readonly coordinates: readonly string[];
}

/** Grants of any of the items that have not ended, suspended ones too.
 *  @param now  ms since the epoch */
export async function findGrantsOn(
  database: Database,
  coordinates: readonly string[],
  now: number,
): Promise<GrantOn[]> {
  if (coordinates.length === 0) return [];
  return grantTables(database)
    .selectFrom('share_grant')
    .select(['id', 'department', 'scenario', 'coordinates'])
    .where('revoked_at', 'is', null)
    .where('until_at', '>', new Date(now))
    .where((eb) => sql<SqlBool>`${eb.ref('coordinates')} ?| ${[...coordinates]}::text[]`)
    .orderBy('id')
    .execute();
}

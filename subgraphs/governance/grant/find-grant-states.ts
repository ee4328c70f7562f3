import { anyOf, type Database } from '../core/index.js';
import { grantTables } from './tables.js';

export type GrantState = 'IN_FORCE' | 'SUSPENDED' | 'ENDED';

/** States of grants by their number. A grant that a party has suspended is `SUSPENDED`; one that is revoked or has run out
 *  is `ENDED`. */
export async function findGrantStates(
  database: Database,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, GrantState>> {
  const rows = await grantTables(database)
    .selectFrom('share_grant')
    .select(['id', 'until_at', 'revoked_at', 'suspended', 'held_by_consumer', 'held_by_provider'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.map((grant) => {
      const ended = grant.revoked_at != null || grant.until_at <= now;
      const suspended = grant.suspended || grant.held_by_consumer != null || grant.held_by_provider != null;
      return [grant.id, ended ? 'ENDED' : suspended ? 'SUSPENDED' : 'IN_FORCE'];
    }),
  );
}

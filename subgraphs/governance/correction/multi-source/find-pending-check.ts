import type { Database, PendingDepartment } from '../../core/index.js';
import { multiSourceTables } from './tables.js';

/** Owners that have to decide on a check: those without a consent in force, and those of which one person has proposed it. */
export async function findPendingCheck(database: Database, id: string): Promise<PendingDepartment[]> {
  const tables = multiSourceTables(database);
  const check = await tables
    .selectFrom('multi_source_check')
    .select(['left_owner', 'right_owner'])
    .where('id', '=', id)
    .where('state', '=', 'ACTIVE')
    .executeTakeFirst();
  if (!check) return [];
  const consents = await tables
    .selectFrom('multi_source_consent')
    .select(['owner', 'state'])
    .where('check_id', '=', id)
    .where('state', 'in', ['PROPOSED', 'GIVEN', 'REFUSED', 'REVOKED'])
    .orderBy('id')
    .execute();
  return [check.left_owner, check.right_owner].flatMap((department) => {
    const newest = consents.findLast(({ owner }) => owner === department)?.state;
    // A department that has said no is not asked again.
    if (newest !== undefined && newest !== 'PROPOSED') return [];
    return [
      {
        department,
        roles: ['provider'],
        posts: ['HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'],
        within: true,
      },
    ];
  });
}

import type { Database, PendingDepartment } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** A plan without gaps waits for another person of the authority to confirm it. */
export async function findPendingReform(database: Database, id: string): Promise<PendingDepartment[]> {
  const row = await registerTables(database)
    .selectFrom('reform')
    .select(['department', 'gaps'])
    .where('id', '=', id)
    .where('state', '=', 'DRAFT')
    .executeTakeFirst();
  return row && row.gaps.length === 0 ? [{ department: row.department, roles: ['authority'], within: true }] : [];
}

import type { Database, PendingDepartment } from '../../core/index.js';
import { grantTables } from '../tables.js';

/** The owner of a protection on which another person has to decide. */
export async function findPendingProtection(database: Database, id: string): Promise<PendingDepartment[]> {
  const waiting = await grantTables(database)
    .selectFrom('subject_protection')
    .select('owner')
    .where('id', '=', id)
    .where('state', 'in', ['PROPOSED', 'END_PROPOSED'])
    .executeTakeFirst();
  return waiting ? [{ department: waiting.owner, within: true }] : [];
}

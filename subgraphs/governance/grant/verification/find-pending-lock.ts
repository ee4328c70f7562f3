import type { Database, PendingDepartment } from '../../core/index.js';
import { grantTables } from '../tables.js';

/** The department whose data is locked, until the lock is lifted or over. */
export async function findPendingLock(database: Database, id: string): Promise<PendingDepartment[]> {
  const waiting = await grantTables(database)
    .selectFrom('verification_lock')
    .select('provider')
    .where('id', '=', id)
    .where('state', '=', 'LOCKED')
    .executeTakeFirst();
  return waiting
    ? [{ department: waiting.provider, roles: ['provider'], posts: ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'] }]
    : [];
}

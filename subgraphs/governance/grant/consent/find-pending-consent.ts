import type { Database, PendingDepartment } from '../../core/index.js';
import { grantTables } from '../tables.js';

/** The owner that has to decide on a proposed consent, by another person than the one who acted. */
export async function findPendingConsent(database: Database, id: string): Promise<PendingDepartment[]> {
  const consent = await grantTables(database)
    .selectFrom('owner_consent')
    .select('owner')
    .where('id', '=', id)
    .where('second_at', 'is', null)
    .where('refused_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return consent ? [{ department: consent.owner, within: true }] : [];
}

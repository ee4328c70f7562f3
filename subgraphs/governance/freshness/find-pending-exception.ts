import type { Database, PendingDepartment } from '../core/index.js';
import { readDepartmentsByRole } from '../register/index.js';
import { freshnessTables } from './tables.js';

/** The authority, while an exception waits for its approval. @source HZ-7.4d */
export async function findPendingException(database: Database, id: string): Promise<PendingDepartment[]> {
  const found = await freshnessTables(database)
    .selectFrom('update_exception')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (found?.state !== 'PROPOSED') return [];
  return (await readDepartmentsByRole(database))('authority').map((department) => ({
    department,
    roles: ['authority'],
  }));
}

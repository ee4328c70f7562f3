import type { Database, PendingDepartment } from '../../core/index.js';
import { readDepartmentsByRole } from '../../register/index.js';
import { findReviewedEntry } from './find-reviewed-entry.js';

/** Departments that have to review an entry next; its provider where changes are requested. */
export async function findPendingReviewers(database: Database, code: string): Promise<PendingDepartment[]> {
  const entry = await findReviewedEntry(database, code);
  if (!entry) return [];
  const { provider, state, waiting } = entry;
  if (state === 'CHANGES_REQUESTED') return [{ department: provider }];
  const byRole = await readDepartmentsByRole(database);
  if (state === 'APPROVED') return byRole('authority').map((department) => ({ department }));
  return (waiting?.roles ?? []).flatMap((role): PendingDepartment[] =>
    role === 'provider' ? [{ department: provider, within: true }] : byRole(role).map((department) => ({ department })),
  );
}

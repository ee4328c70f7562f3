import type { Role } from '../../../../shared/kernel/index.js';
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
  const holders = (role: Role): PendingDepartment[] =>
    byRole(role).map((department) => ({ department, roles: [role], within: true }));
  if (state === 'APPROVED') return holders('authority');
  return (waiting?.roles ?? []).flatMap((role): PendingDepartment[] =>
    role === 'provider'
      ? [{ department: provider, roles: [role], posts: ['HEAD', 'LEADER_IN_CHARGE'], within: true }]
      : holders(role),
  );
}

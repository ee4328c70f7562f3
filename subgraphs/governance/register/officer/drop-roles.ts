import type { EntityManager } from '@mikro-orm/postgresql';
import type { Role } from '../../../../shared/kernel/index.js';
import type { Decision, Grounds } from '../../core/index.js';
import { Officer } from './officer.entity.js';

/** Takes from the officers of a department the roles that it loses: nobody acts in a role beyond their department's. An
 *  operator may belong to any department.
 *  @returns the decisions for the audit log, one for each officer */
export async function dropRoles(
  em: EntityManager,
  department: string,
  lost: readonly Role[],
  grounds: Grounds,
): Promise<Decision[]> {
  const gone = new Set<Role>(lost.filter((role) => role !== 'operator'));
  if (gone.size === 0) return [];
  const officers = await em.find(Officer, { department }, { disableIdentityMap: true, orderBy: { subject: 'asc' } });
  const decisions: Decision[] = [];
  for (const { subject, roles: before, verifiedAt } of officers) {
    const roles = before.filter((role) => !gone.has(role));
    if (roles.length === before.length) continue;
    await em.nativeUpdate(Officer, { subject }, { roles });
    decisions.push({
      act: 'CHANGE_OFFICER',
      object: `officer/${subject}`,
      concerns: [department],
      ...grounds,
      terms: { department, roles, verified: verifiedAt != null },
    });
  }
  return decisions;
}

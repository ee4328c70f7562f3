import type { EntityManager } from '@mikro-orm/postgresql';
import type { Decision, GovernanceOwn } from '../../core/index.js';
import { findDepartments } from '../department/find-departments.js';
import { Appointment } from './appointment.entity.js';

/** The end of an appointment, as it is recorded. */
export interface PostEnd {
  readonly reason: string;
  readonly notice?: string | undefined;
  /** Number of the appointment that takes its place. */
  readonly replacedBy?: string | undefined;
}

/** Ends an appointment. Its holder loses the rights that were given to them by name in the department.
 *  @returns the decision for the audit log. Every authority is concerned by a change of persons, so that it is told of it.
 *  @source QZ-9.2e */
export async function endPost(
  em: EntityManager,
  { now, endNamedRights }: Pick<GovernanceOwn, 'now' | 'endNamedRights'>,
  { id, officer, department, post }: Appointment,
  { reason, notice, replacedBy }: PostEnd,
): Promise<Decision> {
  const change = { untilAt: new Date(now()), ...(notice !== undefined && { notice }) };
  await em.nativeUpdate(Appointment, { id }, change);
  const lost = await endNamedRights(em, { person: officer, department });
  const authorities = await findDepartments(em, { role: 'authority' });
  return {
    act: 'END_APPOINTMENT',
    object: `appointment/${id}`,
    concerns: [department, ...authorities.map(({ code }) => code)],
    basis: notice === undefined ? [] : [notice],
    reason,
    terms: {
      department,
      post,
      ...(notice !== undefined && { notice }),
      ...(replacedBy !== undefined && { replacedBy }),
      ...(lost.length > 0 && { lost }),
    },
  };
}

/** Ends everything that a person had in a department, since they leave it: posts, and rights given by name.
 *  @returns the decisions for the audit log, one for each post */
export async function leaveDepartment(
  em: EntityManager,
  own: Pick<GovernanceOwn, 'now' | 'endNamedRights'>,
  { subject, department }: { readonly subject: string; readonly department: string },
  reason: string,
): Promise<{ readonly decisions: readonly Decision[]; readonly lost: readonly string[] }> {
  const lost = await own.endNamedRights(em, { person: subject, department });
  const posts = await em.find(
    Appointment,
    { officer: subject, department, untilAt: null },
    { disableIdentityMap: true, orderBy: { id: 'asc' } },
  );
  const decisions: Decision[] = [];
  for (const appointment of posts) decisions.push(await endPost(em, own, appointment, { reason }));
  return { decisions, lost };
}

import type { Role } from '../../../../../shared/kernel/index.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';

/** Checks that somebody may act in a role on a review. No one decides a request of their own department.
 *  @returns undefined when they may */
export function checkEntitlement(
  role: Role,
  actor: Actor,
  { applicant, provider }: ReviewContext,
): Rejected | undefined {
  if (actor.department === applicant.department)
    return reject('OWN_APPLICATION', 'Your own department asks for this, so another department decides it.');
  if (!actor.roles.includes(role))
    return reject('NOT_ENTITLED', `This is decided by the ${role}; you do not act as one.`);
  if (role === 'provider' && actor.department !== provider)
    return reject('NOT_ENTITLED', `This is decided by ${provider}, whose data it is.`);
  return undefined;
}

import type { Role } from '../../../../../shared/kernel/index.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Checks that somebody may act in a role on a review. No one decides a request of their own department, and of several
 *  authorities the one responsible for the case decides.
 *  @returns undefined when they may
 *  @source YN-18b */
export function checkEntitlement(role: Role, actor: Actor, context: ReviewContext): Rejected | undefined {
  return checkRole(role, actor, context) ?? (role === 'authority' ? checkResponsibility(actor, context) : undefined);
}

function checkResponsibility({ department }: Actor, { authorities }: ReviewContext): Rejected | undefined {
  if (authorities.includes(department)) return undefined;
  const responsible = authorities.length > 0 ? authorities.join(' or ') : say('entitlement.another');
  return reject('OTHER_AUTHORITY_DECIDES', say('entitlement.otherAuthority', { authority: responsible }));
}

/** The same without the question which authority it is. */
export function checkRole(role: Role, actor: Actor, { applicant, provider }: ReviewContext): Rejected | undefined {
  if (actor.department === applicant.department) return reject('OWN_APPLICATION', say('entitlement.own'));
  if (!actor.roles.includes(role))
    return reject('NOT_ENTITLED', say('entitlement.role', { role: wordOf('role', role) }));
  if (role === 'provider' && actor.department !== provider)
    return reject('NOT_ENTITLED', say('entitlement.provider', { provider }));
  return undefined;
}

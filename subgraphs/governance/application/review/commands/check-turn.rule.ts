import type { Role } from '../../../../../shared/kernel/index.js';
import { findOpenStep, type ReviewState } from '../review-state.rule.js';
import { checkEntitlement } from './check-entitlement.rule.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';

/** Checks that somebody may decide the open step in a role now.
 *  @returns undefined when they may */
export function checkTurn(review: ReviewState, context: ReviewContext, role: Role, actor: Actor): Rejected | undefined {
  const step = findOpenStep(context.process, review);
  if (!step) return reject('OUT_OF_ORDER', `Nothing is to be decided: it is ${review.status}.`);
  if (!step.by.includes(role))
    return reject('OUT_OF_ORDER', `It is the turn of ${step.by.join(' and ')}, not of the ${role}.`, step.clauses);
  const notEntitled = checkEntitlement(role, actor, context);
  if (notEntitled) return notEntitled;
  const decided = review.decisions.filter((decision) => decision.step === review.step);
  if (!step.final && decided.some(({ as }) => as === role))
    return reject('ALREADY_DECIDED', `The ${role} has decided this step.`, step.clauses);
  return undefined;
}

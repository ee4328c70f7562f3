import type { EscalationStep } from '../review-process.js';
import { findEscalationStep, type ReviewState } from '../review-state.rule.js';
import { checkEntitlement, checkRole } from './check-entitlement.rule.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';

/** Checks that a dispute can be settled now and by this authority. A negotiation that the law puts first must be on
 *  record; a case with a department of a higher level is settled by the authority above it, and by no other.
 *  @returns undefined when it can
 *  @source CZ-11h, CZ-11i, YN-18b */
export function checkCoordination(review: ReviewState, context: ReviewContext, actor: Actor): Rejected | undefined {
  const { escalation } = context.process;
  if (review.status !== 'COORDINATION')
    return reject('OUT_OF_ORDER', `It is ${review.status}; there is nothing to coordinate.`);
  const negotiation = escalation.slice(0, review.escalationIndex).find(({ step }) => step === 'NEGOTIATION');
  if (negotiation && review.negotiations === 0)
    return reject('NEGOTIATION_MISSING', 'There is no record of a negotiation.', negotiation.clauses);
  const step = findEscalationStep(context.process, review);
  if (step?.by !== 'higher-authority') return checkEntitlement('authority', actor, context);
  return checkRole('authority', actor, context) ?? checkHigherAuthority(step, context, actor);
}

function checkHigherAuthority(
  step: EscalationStep,
  { higherAuthorities = [] }: ReviewContext,
  { department }: Actor,
): Rejected | undefined {
  if (higherAuthorities.includes(department)) return undefined;
  return reject(
    'HIGHER_AUTHORITY_DECIDES',
    `${step.body ?? 'The authority of the higher level'} settles this, because the provider is of a higher level: ask for its coordination. An officer of its department, registered here as an authority of that level, enters the decision.`,
    step.clauses,
  );
}

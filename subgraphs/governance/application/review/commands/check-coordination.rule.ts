import type { EscalationStep } from '../review-process.js';
import { findEscalationStep, type ReviewState } from '../review-state.rule.js';
import { checkEntitlement, checkRole } from './check-entitlement.rule.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Checks that a dispute can be settled now and by this authority. A negotiation that the law puts first must be on
 *  record; a case with a department of a higher level is settled by the authority above it, and by no other.
 *  @returns undefined when it can
 *  @source CZ-11h, CZ-11i, YN-18b */
export function checkCoordination(review: ReviewState, context: ReviewContext, actor: Actor): Rejected | undefined {
  const { escalation } = context.process;
  if (review.status !== 'COORDINATION')
    return reject('OUT_OF_ORDER', say('coordination.none', { status: wordOf('review', review.status) }));
  const negotiation = escalation.slice(0, review.escalationIndex).find(({ step }) => step === 'NEGOTIATION');
  if (negotiation && review.negotiations === 0)
    return reject('NEGOTIATION_MISSING', say('coordination.noNegotiation'), negotiation.clauses);
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
    say('coordination.higher', { body: step.body ?? say('coordination.higherLevel') }),
    step.clauses,
  );
}

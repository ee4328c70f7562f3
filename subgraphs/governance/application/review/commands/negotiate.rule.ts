import { narrowTerms } from '../../draft/terms.rule.js';
import {
  advanceReview,
  findEscalationStep,
  refuseReview,
  type ReviewState,
  type RoleDecision,
} from '../review-state.rule.js';
import { checkEntitlement } from './check-entitlement.rule.js';
import { isBlank, reject, type Actor, type CommandRule, type ReviewContext } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Records one negotiation of the two departments. Either of them records it; that it was agreed, the provider alone.
 *  Without its record nothing goes further up.
 *  @source CZ-11g, YN-18a */
export const negotiate: CommandRule<'NEGOTIATE'> = (review, context, { record, outcome, narrowing = {} }, actor) => {
  const { process, applicant, now } = context;
  if (review.status !== 'NEGOTIATION')
    return reject('OUT_OF_ORDER', say('negotiate.none', { status: wordOf('review', review.status) }));
  if (actor.department !== applicant.department || outcome === 'AGREED') {
    const notEntitled = checkEntitlement('provider', actor, context);
    if (notEntitled) return notEntitled;
  }
  if (isBlank(record)) {
    const clauses = findEscalationStep(process, review)?.clauses;
    return reject('RECORD_MISSING', say('negotiate.record'), clauses);
  }
  const recorded = { ...review, negotiations: review.negotiations + 1 };
  if (outcome === 'OPEN') return { review: recorded };
  if (outcome === 'FAILED') return { review: escalateDispute(recorded, context, { by: actor.id, reason: record }) };
  const left = narrowTerms(review.terms, narrowing);
  if ('wider' in left) return reject('TERMS_WIDER', say('negotiate.wider'), [], left.wider);
  const others = review.decisions.filter(({ as }) => as !== 'provider');
  const decisions = [...others, ...agreeAsProvider(context, actor, record)];
  return { review: advanceReview(process, { ...recorded, decisions, terms: left.terms }, now) };
};

/** The provider's agreement to every step in which it decides. */
const agreeAsProvider = ({ process, now }: ReviewContext, actor: Actor, reason: string): RoleDecision[] =>
  process.steps.flatMap(({ by }, step): RoleDecision[] => {
    if (!by.includes('provider')) return [];
    const { department, id } = actor;
    return [{ step, as: 'provider', verdict: 'AGREE', department, by: id, at: now, reason }];
  });

/** Takes a failed negotiation to the next step of the escalation; where there is none, the review is refused. */
function escalateDispute(
  review: ReviewState,
  { process, now }: ReviewContext,
  failure: { readonly by: string; readonly reason: string },
): ReviewState {
  const escalationIndex = review.escalationIndex + 1;
  const next = process.escalation[escalationIndex];
  if (!next) return refuseReview(review, { ...failure, bases: [] }, now);
  return { ...review, status: next.step, escalationIndex, since: now };
}

import { narrowTerms } from '../../draft/terms.rule.js';
import { advanceReview, findEscalationStep, isAgreed, listDeciders } from '../review-state.rule.js';
import { checkCoordination } from './check-coordination.rule.js';
import { isBlank, isOwn, reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** The authority settles a dispute in the applicant's favour. Data that others refused is given all the same, and the
 *  steps after it follow. What only a coordination gives, such as a value that is not shared, takes two persons: where
 *  nobody else has agreed, a second person of the authority confirms it.
 *  @source HZ-8.5h, CZ-11h, CZ-11i, YN-18b */
export const coordinate: CommandRule<'COORDINATE'> = (review, context, { reference, narrowing = {} }, actor) => {
  const problem = checkCoordination(review, context, actor);
  if (problem) return problem;
  const { process, now } = context;
  if (isBlank(reference)) {
    const clauses = findEscalationStep(process, review)?.clauses;
    return reject('REFERENCE_MISSING', say('coordinate.reference'), clauses);
  }
  const { proposed, ...open } = review;
  const left = narrowTerms(proposed?.terms ?? review.terms, narrowing);
  if ('wider' in left) return reject('TERMS_WIDER', say('coordinate.wider'), [], left.wider);
  const { id: by, department } = actor;
  if (proposed && isOwn(actor, proposed.by)) return reject('SAME_PERSON', say('coordinate.confirm'));
  if (proposed && proposed.reference !== reference)
    return reject('REFERENCE_MISSING', say('coordinate.byDocument', { reference: proposed.reference }));
  const settled = {
    ...open,
    coordination: proposed
      ? { reference, by: proposed.by, department, confirmedBy: by }
      : { reference, by, department },
    overridden: [...review.overridden, ...review.contested],
    contested: [],
    terms: left.terms,
  };
  const next = advanceReview(process, settled, now);
  if (process.coordinated && isAgreed(next) && listDeciders(next).size < 2)
    return { review: { ...review, proposed: { reference, by, terms: left.terms } } };
  return { review: next };
};

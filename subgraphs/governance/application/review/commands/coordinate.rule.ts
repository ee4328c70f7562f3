import { narrowTerms } from '../../draft/terms.rule.js';
import { advanceReview, findEscalationStep } from '../review-state.rule.js';
import { checkCoordination } from './check-coordination.rule.js';
import { isBlank, reject, type CommandRule } from './review-command.rule.js';

/** The authority settles a dispute in the applicant's favour. Data that others refused is given all the same, and the
 *  steps after it follow.
 *  @source HZ-8.5h, CZ-11h, CZ-11i, YN-18b */
export const coordinate: CommandRule<'COORDINATE'> = (review, context, { reference, narrowing = {} }, actor) => {
  const problem = checkCoordination(review, context, actor);
  if (problem) return problem;
  const { process, now } = context;
  if (isBlank(reference)) {
    const clauses = findEscalationStep(process, review)?.clauses;
    return reject('REFERENCE_MISSING', 'Name in `reference` the document of the coordination.', clauses);
  }
  const left = narrowTerms(review.terms, narrowing);
  if ('wider' in left) return reject('TERMS_WIDER', 'This gives more than was asked for.', [], left.wider);
  const settled = {
    ...review,
    coordination: { reference, by: actor.id, department: actor.department },
    overridden: [...review.overridden, ...review.contested],
    contested: [],
    terms: left.terms,
  };
  return { review: advanceReview(process, settled, now) };
};

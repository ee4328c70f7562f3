import { refuseReview } from '../review-state.rule.js';
import { checkCoordination } from './check-coordination.rule.js';
import { checkRefusalGrounds } from './check-refusal-grounds.rule.js';
import type { CommandRule } from './review-command.rule.js';

/** The authority settles a dispute against the applicant, with the same grounds that any refusal needs.
 *  @source HZ-8.5h, CZ-11h, CZ-11i, YN-18b */
export const coordinateRefusal: CommandRule<'COORDINATE_REFUSAL'> = (review, context, command, actor) => {
  const problem = checkCoordination(review, context, actor) ?? checkRefusalGrounds(context.process, command);
  if (problem) return problem;
  const { reason, bases = [] } = command;
  const { proposed: _, ...open } = review;
  return { review: refuseReview(open, { by: actor.id, reason, bases }, context.now) };
};

import { refuseReview, recordDecision } from '../review-state.rule.js';
import { checkRefusalGrounds } from './check-refusal-grounds.rule.js';
import { checkTurn } from './check-turn.rule.js';
import type { CommandRule } from './review-command.rule.js';

/** One role of the open step refuses. Where another role of the step decides last, that role hears it and decides.
 *  @source HZ-8.5g, CZ-11f, JL-24c, YN-13c, YN-16k, YN-17d */
export const refuse: CommandRule<'REFUSE'> = (review, context, command, actor) => {
  const { process, now } = context;
  const { as, reason, bases = [] } = command;
  const problem = checkTurn(review, context, as, actor) ?? checkRefusalGrounds(process, command);
  if (problem) return problem;
  const decided = recordDecision(review, {
    step: review.step,
    as,
    verdict: 'REFUSE',
    department: actor.department,
    by: actor.id,
    at: now,
    reason,
    bases,
  });
  const { final } = process.steps[review.step]!;
  if (final !== undefined && final !== as) return { review: decided };
  return { review: refuseReview(decided, { by: actor.id, reason, bases }, now) };
};

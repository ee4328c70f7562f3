import { checkCoordination } from './check-coordination.rule.js';
import { checkTurn } from './check-turn.rule.js';
import { isBlank, reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** Gives the application back to be changed. The clock of the answer stops; it begins anew with the next submission. One by
 *  special procedure has no step of review: the authority that settles it gives it back.
 *  @source QZ-5.9b */
export const askChanges: CommandRule<'ASK_CHANGES'> = (review, context, { as, reason }, actor) => {
  const isSpecial = context.process.kind === 'SPECIAL' && as === 'authority';
  const problem = isSpecial ? checkCoordination(review, context, actor) : checkTurn(review, context, as, actor);
  if (problem) return problem;
  if (isBlank(reason)) return reject('REASON_MISSING', say('changes.reason'));
  const { clock: _, proposed: __, ...unclocked } = review;
  return { review: { ...unclocked, status: 'CHANGES_ASKED', since: context.now } };
};

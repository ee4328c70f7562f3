import { checkTurn } from './check-turn.rule.js';
import { isBlank, reject, type CommandRule } from './review-command.rule.js';

/** Gives the application back to be changed. The clock of the answer stops; it begins anew with the next submission. */
export const askChanges: CommandRule<'ASK_CHANGES'> = (review, context, { as, reason }, actor) => {
  const problem = checkTurn(review, context, as, actor);
  if (problem) return problem;
  if (isBlank(reason)) return reject('REASON_MISSING', 'Say in `reason` what is to be changed.');
  const { clock: _, ...unclocked } = review;
  return { review: { ...unclocked, status: 'CHANGES_ASKED', since: context.now } };
};

import { checkTurn } from './check-turn.rule.js';
import { isBlank, reject, type CommandRule } from './review-command.rule.js';

/** Asks for more time to answer: once, before the time is over, and for no more than the law allows.
 *  @source QZ-2.3g, QZ-2.3h, YN-26c, YN-26d */
export const extend: CommandRule<'EXTEND'> = (review, context, { as, workingDays, reason }, actor) => {
  const problem = checkTurn(review, context, as, actor);
  if (problem) return problem;
  const rule = context.process.limit?.extension;
  if (!rule) return reject('EXTENSION_CLOSED', 'The regulation in force knows no longer time for this answer.');
  const { clauses, consent, workingDays: most } = rule;
  if (review.extension) return reject('EXTENSION_CLOSED', 'More time has been asked for already.', clauses);
  if (context.late) return reject('EXTENSION_CLOSED', 'The time is over; more can only be asked for before.', clauses);
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > most)
    return reject('EXTENSION_TOO_LONG', `Ask for 1 to ${most} working days.`, clauses);
  if (isBlank(reason)) return reject('REASON_MISSING', 'Say in `reason` why more time is needed.', clauses);
  const state = consent ? 'ASKED' : 'GIVEN';
  return { review: { ...review, extension: { workingDays, reason, state, by: actor.id } } };
};

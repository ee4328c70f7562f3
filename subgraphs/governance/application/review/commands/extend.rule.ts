import { checkTurn } from './check-turn.rule.js';
import { isBlank, reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** Asks for more time to answer: once, before the time is over, and for no more than the law allows.
 *  @source QZ-2.3g, QZ-2.3h, YN-26c, YN-26d */
export const extend: CommandRule<'EXTEND'> = (review, context, { as, workingDays, reason }, actor) => {
  const problem = checkTurn(review, context, as, actor);
  if (problem) return problem;
  const rule = context.process.limit?.extension;
  if (!rule) return reject('EXTENSION_CLOSED', say('extend.none'));
  const { clauses, consent, workingDays: most } = rule;
  if (review.extension) return reject('EXTENSION_CLOSED', say('extend.asked'), clauses);
  if (context.late) return reject('EXTENSION_CLOSED', say('extend.over'), clauses);
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > most)
    return reject('EXTENSION_TOO_LONG', say('extend.days', { most }), clauses);
  if (isBlank(reason)) return reject('REASON_MISSING', say('extend.reason'), clauses);
  const state = consent ? 'ASKED' : 'GIVEN';
  return { review: { ...review, extension: { workingDays, reason, state, by: actor.id } } };
};

import { joinTexts, type Role } from '../../../../../shared/kernel/index.js';
import { findOpenStep, type ReviewState } from '../review-state.rule.js';
import { checkEntitlement } from './check-entitlement.rule.js';
import { reject, type Actor, type Rejected, type ReviewContext } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Checks that somebody may decide the open step in a role now.
 *  @returns undefined when they may */
export function checkTurn(review: ReviewState, context: ReviewContext, role: Role, actor: Actor): Rejected | undefined {
  const step = findOpenStep(context.process, review);
  if (!step) return reject('OUT_OF_ORDER', say('turn.none', { status: wordOf('review', review.status) }));
  if (!step.by.includes(role))
    return reject(
      'OUT_OF_ORDER',
      say('turn.other', {
        turn: joinTexts(
          step.by.map((one) => wordOf('role', one)),
          'and',
        ),
        role: wordOf('role', role),
      }),
      step.clauses,
    );
  const notEntitled = checkEntitlement(role, actor, context);
  if (notEntitled) return notEntitled;
  const decided = review.decisions.filter((decision) => decision.step === review.step);
  if (!step.final && decided.some(({ as }) => as === role))
    return reject('ALREADY_DECIDED', say('turn.decided', { role: wordOf('role', role) }), step.clauses);
  return undefined;
}

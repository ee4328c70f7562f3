import { isBlank, reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** The applicant does not accept a refusal: the review takes the next step that the law has for it.
 *  @source HZ-8.5h, CZ-11g, YN-18a */
export const objectToRefusal: CommandRule<'OBJECT'> = (review, { process, applicant, now }, { reason }, actor) => {
  if (actor.department !== applicant.department) return reject('NOT_ENTITLED', say('object.applicant'));
  if (review.status !== 'REFUSED')
    return reject('OUT_OF_ORDER', say('object.status', { status: wordOf('review', review.status) }));
  if (isBlank(reason)) return reject('REASON_MISSING', say('object.reason'));
  const escalationIndex = review.escalationIndex + 1;
  const next = process.escalation[escalationIndex];
  if (!next) return reject('FINAL', say('object.none'));
  const refused = review.decisions.filter(({ verdict }) => verdict === 'REFUSE');
  const { refusal: _, clock: __, stopped: ___, ...reopened } = review;
  return {
    review: {
      ...reopened,
      status: next.step,
      escalationIndex,
      contested: [...review.contested, ...refused.map(({ step, as }) => ({ step, as }))],
      decisions: review.decisions.filter(({ verdict }) => verdict === 'AGREE'),
      since: now,
    },
  };
};

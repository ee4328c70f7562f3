import { isBlank, reject, type CommandRule } from './review-command.rule.js';

/** The applicant does not accept a refusal: the review takes the next step that the law has for it.
 *  @source HZ-8.5h, CZ-11g, YN-18a */
export const objectToRefusal: CommandRule<'OBJECT'> = (review, { process, applicant, now }, { reason }, actor) => {
  if (actor.department !== applicant.department)
    return reject('NOT_ENTITLED', 'Only the department that applied objects to the answer.');
  if (review.status !== 'REFUSED') return reject('OUT_OF_ORDER', `It is ${review.status}; a refusal is objected to.`);
  if (isBlank(reason)) return reject('REASON_MISSING', 'Say in `reason` why the data is needed all the same.');
  const escalationIndex = review.escalationIndex + 1;
  const next = process.escalation[escalationIndex];
  if (!next) return reject('FINAL', 'The regulation in force has no further step after this refusal.');
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

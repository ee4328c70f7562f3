import { isOpen } from '../review-state.rule.js';
import { reject, type CommandRule } from './review-command.rule.js';

/** Takes an undecided application back. */
export const withdraw: CommandRule<'WITHDRAW'> = (review, { applicant, now }, _, actor) => {
  if (actor.department !== applicant.department)
    return reject('NOT_ENTITLED', 'Only the department that applied withdraws its application.');
  if (!isOpen(review)) return reject('FINAL', `It is ${review.status} and can no longer be withdrawn.`);
  return { review: { ...review, status: 'WITHDRAWN', since: now, stopped: review.stopped ?? now } };
};

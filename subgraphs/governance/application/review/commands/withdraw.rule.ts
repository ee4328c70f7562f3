import { isOpen } from '../review-state.rule.js';
import { reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';
import { wordOf } from '../../../core/words.rule.js';

/** Takes an undecided application back. */
export const withdraw: CommandRule<'WITHDRAW'> = (review, { applicant, now }, _, actor) => {
  if (actor.department !== applicant.department) return reject('NOT_ENTITLED', say('withdraw.applicant'));
  if (!isOpen(review)) return reject('FINAL', say('withdraw.status', { status: wordOf('review', review.status) }));
  return { review: { ...review, status: 'WITHDRAWN', since: now, stopped: review.stopped ?? now } };
};

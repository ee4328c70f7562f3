import { reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** Tells those above that an answer is late. Whoever decides still decides; nothing is given by it.
 *  @source CZ-23e, YN-42f */
export const escalate: CommandRule<'ESCALATE'> = (review, { late, now }) => {
  if (!late || review.status !== 'REVIEW') return reject('NOT_OVERDUE', say('escalate.early'));
  if (review.escalated !== undefined) return reject('NOT_OVERDUE', say('escalate.done'));
  return { review: { ...review, escalated: now } };
};

import { openReview } from '../review-state.rule.js';
import { reject, type CommandRule } from './review-command.rule.js';
import { say } from '../../messages/index.js';

/** Submits a changed application again. The steps and the clock begin anew, and nothing that was settled for other terms
 *  holds on. */
export const resubmit: CommandRule<'RESUBMIT'> = (review, { process, applicant, now }, { asked }, actor) => {
  if (review.status !== 'CHANGES_ASKED') return reject('OUT_OF_ORDER', say('resubmit.nobody'));
  if (actor.department !== applicant.department) return reject('NOT_ENTITLED', say('resubmit.applicant'));
  return { review: openReview(process, asked, now, review.version) };
};

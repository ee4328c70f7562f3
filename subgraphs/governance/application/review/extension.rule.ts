import {
  isBlank,
  notEntitled,
  refuse,
  type Actor,
  type ReviewContext,
  type ReviewCommand,
  type Outcome,
} from './review-command.rule.js';
import type { ReviewState } from './review-state.rule.js';

/** Asks for more time to answer, once and before the time is over. @source QZ-2.3g, QZ-2.3h, YN-26c, YN-26d */
export function extend(
  review: ReviewState,
  of: ReviewContext,
  command: Extract<ReviewCommand, { type: 'EXTEND' }>,
  actor: Actor,
): Outcome {
  const rule = of.process.limit?.extension;
  const { workingDays, reason } = command;
  if (!rule) return refuse('EXTENSION_CLOSED', 'The regulation in force knows no longer time for this answer.');
  if (review.extension) return refuse('EXTENSION_CLOSED', 'More time has been asked for already.', rule.clauses);
  if (of.late) return refuse('EXTENSION_CLOSED', 'The time is over; more can only be asked for before.', rule.clauses);
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > rule.workingDays)
    return refuse('EXTENSION_TOO_LONG', `Ask for 1 to ${rule.workingDays} working days.`, rule.clauses);
  if (isBlank(reason)) return refuse('REASON_MISSING', 'Say in `reason` why more time is needed.', rule.clauses);
  const state = rule.consent ? 'ASKED' : 'GIVEN';
  return { review: { ...review, extension: { workingDays, reason, state, by: actor.id } } };
}

/** Who must agree to more time does, or does not. */
export function consentToExtension(
  review: ReviewState,
  of: ReviewContext,
  { agreed }: Extract<ReviewCommand, { type: 'CONSENT_TO_EXTENSION' }>,
  actor: Actor,
): Outcome {
  const rule = of.process.limit?.extension;
  const { extension } = review;
  if (review.status !== 'REVIEW' || extension?.state !== 'ASKED')
    return refuse('OUT_OF_ORDER', 'Nobody waits for more time here.');
  const against = notEntitled(rule?.consent === 'authority' ? 'authority' : 'provider', actor, of);
  if (against) return against;
  if (rule?.consent === 'provider-head' && !actor.isHead)
    return refuse('NOT_ENTITLED', 'The head of the providing department consents to this.', rule.clauses);
  if (extension.by === actor.id)
    return refuse('SAME_PERSON', 'You asked for it, so another person consents.', rule?.clauses);
  return { review: { ...review, extension: { ...extension, state: agreed ? 'GIVEN' : 'DENIED' } } };
}

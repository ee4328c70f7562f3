import {
  ageInWorkingDays,
  dueDate,
  workingDaysLeft,
  type DueDate,
  type WorkingCalendar,
} from '../../../../shared/law/index.js';
import type { Limit } from './review-process.js';
import type { ReviewState } from './review-state.rule.js';

/** The calendar and the zone in which time is counted. */
export interface Days {
  readonly calendar: WorkingCalendar;
  /** IANA name of the jurisdiction's zone. */
  readonly timeZone: string;
}
/** The time of a review, as callers see it. */
export interface ReviewTiming {
  /** Absent where the law gives no limit. */
  readonly due?: DueDate;
  /** Working days until the due date, negative when it is over; absent without one, and when the clock has stopped. */
  readonly workingDaysLeft?: number;
  readonly overdue: boolean;
  /** Working days since the last change of status or step. */
  readonly ageInWorkingDays: number;
  /** Some day that was counted is covered by no notice. */
  readonly provisional: boolean;
}

/** Last day of the answer, with its extension where one was given; absent where the text gives no number. */
export function computeDueDate(
  limit: Limit | undefined,
  review: ReviewState,
  { calendar, timeZone }: Days,
): DueDate | undefined {
  if (limit?.workingDays === undefined || review.clock === undefined) return undefined;
  const more = review.extension?.state === 'GIVEN' ? review.extension.workingDays : 0;
  return dueDate(calendar, { start: review.clock, workingDays: limit.workingDays + more, timeZone });
}

/** Finds the instant at which the clock of an answer stopped: with the answer, or with the supply where the law counts to
 *  it.
 *  @source HZ-8.5e, CZ-11d, YN-16h */
export function findStopInstant(limit: Limit | undefined, { status, stopped, terms }: ReviewState): number | undefined {
  if (stopped === undefined) return undefined;
  return limit?.stops === 'SUPPLY' && status === 'AGREED' ? Math.max(stopped, terms.from ?? stopped) : stopped;
}

/** Reports whether the answer is late. An answer without a due date is never late, and one that was given in time stays in
 *  time. */
export const isOverdue = (
  limit: Limit | undefined,
  review: ReviewState,
  due: DueDate | undefined,
  now: number,
): boolean => due !== undefined && Math.min(findStopInstant(limit, review) ?? now, now) >= due.instant;

/** Describes the time of a review.
 *  @param now  ms since the epoch */
export function describeTime(
  limit: Limit | undefined,
  review: ReviewState,
  due: DueDate | undefined,
  now: number,
  days: Days,
): ReviewTiming {
  const runs = review.stopped === undefined || (findStopInstant(limit, review) ?? 0) > now;
  const age = ageInWorkingDays(days.calendar, { since: review.since, now, timeZone: days.timeZone });
  const left = due && runs ? workingDaysLeft(days.calendar, { due, now, timeZone: days.timeZone }) : undefined;
  return {
    ...(due && { due }),
    ...(left && { workingDaysLeft: left.days }),
    overdue: isOverdue(limit, review, due, now),
    ageInWorkingDays: age.days,
    provisional: due?.provisional ?? age.provisional,
  };
}

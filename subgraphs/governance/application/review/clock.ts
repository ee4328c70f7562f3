import {
  ageInWorkingDays,
  dueDate,
  workingDaysLeft,
  type DueDate,
  type WorkingCalendar,
} from '../../../../shared/law/index.js';
import type { Limit } from './process.rule.js';
import type { Track } from './review-state.rule.js';

/** Where and on which days time is counted. */
export interface Days {
  readonly calendar: WorkingCalendar;
  /** IANA name of the jurisdiction's zone. */
  readonly timeZone: string;
}
/** What is to be said of a track's time. */
export interface TimeTold {
  /** Absent where the law gives no limit. */
  readonly due?: DueDate;
  /** Working days until the due date, negative when it is over; absent without one, and when the clock has stopped. */
  readonly workingDaysLeft?: number;
  readonly overdue: boolean;
  /** Working days since it stands where it stands. */
  readonly ageInWorkingDays: number;
  /** Some day that was counted is covered by no notice. */
  readonly provisional: boolean;
}

/** Last day of the answer, with its extension where one was given; absent where the text gives no number. */
export function dueOf(limit: Limit | undefined, track: Track, { calendar, timeZone }: Days): DueDate | undefined {
  if (limit?.workingDays === undefined || track.clock === undefined) return undefined;
  const more = track.extension?.state === 'GIVEN' ? track.extension.workingDays : 0;
  return dueDate(calendar, { start: track.clock, workingDays: limit.workingDays + more, timeZone });
}

/** The instant at which the clock of an answer stopped: with the answer, or with the supply where the law counts to it.
 *  @source HZ-8.5e, CZ-11d, YN-16h */
export function stoppedAt(limit: Limit | undefined, { status, stopped, terms }: Track): number | undefined {
  if (stopped === undefined) return undefined;
  return limit?.stops === 'SUPPLY' && status === 'AGREED' ? Math.max(stopped, terms.from ?? stopped) : stopped;
}

/** Whether the answer is late. What was never due is never late, and what was answered in time stays in time. */
export const overdue = (limit: Limit | undefined, track: Track, due: DueDate | undefined, now: number): boolean =>
  due !== undefined && Math.min(stoppedAt(limit, track) ?? now, now) >= due.instant;

/** Everything that is told of a track's time.
 *  @param now  ms since the epoch */
export function timeOf(
  limit: Limit | undefined,
  track: Track,
  due: DueDate | undefined,
  now: number,
  days: Days,
): TimeTold {
  const runs = track.stopped === undefined || (stoppedAt(limit, track) ?? 0) > now;
  const age = ageInWorkingDays(days.calendar, { since: track.since, now, timeZone: days.timeZone });
  const left = due && runs ? workingDaysLeft(days.calendar, { due, now, timeZone: days.timeZone }) : undefined;
  return {
    ...(due && { due }),
    ...(left && { workingDaysLeft: left.days }),
    overdue: overdue(limit, track, due, now),
    ageInWorkingDays: age.days,
    provisional: due?.provisional ?? age.provisional,
  };
}

import { dayNumber, dayOf, endOfDay, localDate } from './local-date.js';

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export interface Schedule {
  readonly frequency: Frequency;
  /** Local hour at which it begins, 0 to 23. */
  readonly hour: number;
}

const HOUR_MS = 3_600_000;

/** The next time that something is due: every day, on Mondays, or on the first of a month.
 *  @param schedule  when it begins
 *  @param after     ms since the epoch
 *  @param timeZone  IANA name of the jurisdiction's zone
 *  @returns         ms since the epoch, later than `after` */
export function nextRun(schedule: Schedule, after: number, timeZone: string): number {
  const { frequency, hour } = schedule;
  const today = dayNumber(localDate(after, timeZone));
  for (let day = today; ; day++) {
    if (frequency === 'WEEKLY' && !isMonday(day)) continue;
    if (frequency === 'MONTHLY' && !dayOf(day).endsWith('-01')) continue;
    const at = endOfDay(dayOf(day - 1), timeZone) + hour * HOUR_MS;
    if (at > after) return at;
  }
}

/** 1 January 1970 was a Thursday. */
const isMonday = (day: number): boolean => (day + 3) % 7 === 0;

import { localDate } from '../../../../shared/law/calendar/local-date.js';
import type { WorkingCalendar } from '../../../../shared/law/calendar/working-calendar.js';
import { workingDaysLeft } from '../../../../shared/law/calendar/working-days.js';
import type { Watched, WatchedKind } from './watched.rule.js';

/** How far the time of something has run, as far as anybody is told of it. */
export const STAGES = [
  'SOON', // little is left
  'TODAY', // its last day
  'OVERDUE', // late: told to who oversees it, and listed; nothing is decided by it
  'ENDED', // it has ended as it was to end
] as const;
export type Stage = (typeof STAGES)[number];

/** The day and the zone in which it is looked at. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly calendar: WorkingCalendar;
  /** IANA name. */
  readonly timeZone: string;
}

/** Working days before the end at which who must act is reminded. No clause says so; it is the hub's own courtesy. */
export const REMINDER_WORKING_DAYS = 2;
const DAY_MS = 86_400_000;

/** The stage at which something is now. After a standstill it is the newest one alone: nobody is told that two days are
 *  left of what is late already.
 *  @returns undefined where nobody is to be told yet */
export function stageOf(watched: Pick<Watched, 'kind' | 'due' | 'noticeDays'>, clock: Clock): Stage | undefined {
  const { due, kind, noticeDays } = watched;
  const { now, timeZone } = clock;
  if (now >= due.instant) return MAY_BE_LATE.has(kind) ? 'OVERDUE' : 'ENDED';
  if (!ENDS_OF_ITSELF.has(kind) && localDate(now, timeZone) === due.date) return 'TODAY';
  const near =
    noticeDays === undefined
      ? workingDaysLeft(clock.calendar, { due, now, timeZone }).days <= REMINDER_WORKING_DAYS
      : due.instant - now <= noticeDays * DAY_MS;
  return near ? 'SOON' : undefined;
}

/** What is owed becomes late. Of a report the hub does not know whether it was handed in, so it never calls one late. */
const MAY_BE_LATE: ReadonlySet<WatchedKind> = new Set(['APPLICATION', 'CATALOGUE_TASK']);
const ENDS_OF_ITSELF: ReadonlySet<WatchedKind> = new Set(['GRANT', 'UPDATE_WINDOW']);

/** What was told once is not told again while this stays the same: a due date that moves is told of anew. */
export const dueKey = ({ due, kind }: Pick<Watched, 'due' | 'kind'>): string =>
  kind === 'GRANT' ? new Date(due.instant).toISOString() : due.date;

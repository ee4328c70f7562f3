import { localDate } from '../../../../shared/law/calendar/local-date.js';
import type { WorkingCalendar } from '../../../../shared/law/calendar/working-calendar.js';
import { workingDaysLeft } from '../../../../shared/law/calendar/working-days.js';
import type { Deadline, DeadlineKind, DeadlineStage } from '../../core/index.js';

/** The instant, calendar and zone by which deadlines are judged. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly calendar: WorkingCalendar;
  /** IANA name. */
  readonly timeZone: string;
}

/** Working days before the end at which the owner is reminded. No clause asks for it; it is the hub's own courtesy. */
export const REMINDER_WORKING_DAYS = 2;
const DAY_MS = 86_400_000;

/** Finds the stage of a deadline. After a standstill that is the newest stage alone: nobody is told that two days are left
 *  of something that is late already.
 *  @returns undefined while there is nothing to announce */
export function findStage(
  { due, kind, noticeDays }: Pick<Deadline, 'kind' | 'due' | 'noticeDays'>,
  { now, calendar, timeZone }: Clock,
): DeadlineStage | undefined {
  // Nothing is late by a date that a notice may still move: it waits for the calendar.
  if (now >= due.instant && due.provisional && MAY_BE_LATE.has(kind)) return undefined;
  if (now >= due.instant) return MAY_BE_LATE.has(kind) ? 'OVERDUE' : 'ENDED';
  if (!ENDS_BY_ITSELF.has(kind) && localDate(now, timeZone) === due.date) return 'TODAY';
  const near =
    noticeDays === undefined
      ? workingDaysLeft(calendar, { due, now, timeZone }).days <= REMINDER_WORKING_DAYS
      : due.instant - now <= noticeDays * DAY_MS;
  return near ? 'SOON' : undefined;
}

/** Kinds that become late. The hub does not know whether a report was handed in, so it never calls one late. */
const MAY_BE_LATE: ReadonlySet<DeadlineKind> = new Set([
  'APPLICATION',
  'CORRECTION',
  'CATALOGUE_TASK',
  'DATA_UPDATE',
  'INTERFACE_REQUEST',
  'QUALITY_TICKET',
]);
/** Kinds that end at an instant rather than with a day. */
const ENDS_AT_INSTANT: ReadonlySet<DeadlineKind> = new Set(['GRANT', 'CONSENT', 'PROTECTION', 'SUBGRAPH_KEY']);
const ENDS_BY_ITSELF: ReadonlySet<DeadlineKind> = new Set([...ENDS_AT_INSTANT, 'UPDATE_WINDOW', 'PROMISE']);

/** Key under which an announcement is stored: while it stays the same nothing is announced twice, and a due date that moves
 *  is announced anew. */
export const toDueKey = ({ due, kind }: Pick<Deadline, 'due' | 'kind'>): string =>
  ENDS_AT_INSTANT.has(kind) ? new Date(due.instant).toISOString() : due.date;

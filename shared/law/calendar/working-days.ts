import type { DueDate } from './due-date.js';
import { dayNumber, dayOf, localDate, type LocalDate } from './local-date.js';
import { isWorkingDay, type WorkingCalendar } from './working-calendar.js';

/** A number of working days; provisional when no notice covers some of the days that were looked at. */
export interface WorkingDays {
  readonly days: number;
  readonly provisional: boolean;
}

/** Working days after the one day, up to and including the other: as many as a term that starts on the one and ends on
 *  the other. Negative when the other comes first. */
export function workingDaysBetween(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): WorkingDays {
  if (to < from) {
    const { days, provisional } = workingDaysBetween(calendar, to, from);
    return { days: days === 0 ? 0 : -days, provisional };
  }
  let days = 0;
  let provisional = false;
  for (let number = dayNumber(from) + 1; number <= dayNumber(to); number++) {
    const day = isWorkingDay(calendar, dayOf(number));
    provisional ||= day.provisional;
    if (day.working) days++;
  }
  return { days, provisional };
}

/** Number of working days since an event; shown where the law gives no limit.
 *  `since` and `now` are instants, ms since the epoch; days are those of `timeZone`. */
export const ageInWorkingDays = (
  calendar: WorkingCalendar,
  { since, now, timeZone }: { readonly since: number; readonly now: number; readonly timeZone: string },
): WorkingDays => workingDaysBetween(calendar, localDate(since, timeZone), localDate(now, timeZone));

/** Number of working days left until a due date: 0 on its own day, negative for each one that it is late.
 *  @returns overdue  the due day is over; on a weekend after it this is so with 0 days left */
export const workingDaysLeft = (
  calendar: WorkingCalendar,
  { due, now, timeZone }: { readonly due: DueDate; readonly now: number; readonly timeZone: string },
): WorkingDays & { readonly overdue: boolean } => ({
  ...workingDaysBetween(calendar, localDate(now, timeZone), due.date),
  overdue: now >= due.instant,
});

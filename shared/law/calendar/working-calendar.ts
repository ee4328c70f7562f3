import { dayNumber, isWeekend, type LocalDate } from './local-date.js';
import { statutoryHolidays } from './statutory-holidays.js';

/** Working days, as far as official notices state them. Immutable. */
export interface WorkingCalendar {
  /** Days that the notices name: true for a make-up working day on a weekend, false for a day off. */
  readonly exceptions: ReadonlyMap<LocalDate, boolean>;
  /** Years whose notice is known. */
  readonly years: ReadonlySet<number>;
}

/** From here on the days of a year may still be moved by the notice of the next year, which arranges its New Year. Since
 *  2004 none has reached further back than to 29 December (New Years of 2008 and 2019); a week leaves room. */
export const NEW_YEAR_REACH = '12-25';

/** True on a working day. A holiday by law is none, whatever is known of its year.
 *  @returns provisional  true where no known notice covers the day, so that only the law and its weekday speak */
export function isWorkingDay(
  calendar: WorkingCalendar,
  date: LocalDate,
): { readonly working: boolean; readonly provisional: boolean } {
  return {
    working:
      !statutoryHolidays(Number(date.slice(0, 4))).has(date) &&
      (calendar.exceptions.get(date) ?? !isWeekend(dayNumber(date))),
    provisional: !isCovered(calendar, date),
  };
}

function isCovered({ years }: WorkingCalendar, date: LocalDate): boolean {
  const year = Number(date.slice(0, 4));
  return years.has(year) && (date.slice(5) < NEW_YEAR_REACH || years.has(year + 1));
}

import { dayNumber, dayOf, endOfDay, localDate, type LocalDate } from './local-date.js';
import { isWorkingDay, type WorkingCalendar } from './working-calendar.js';

/** Inputs of a due date; kept with it, so that it can be computed again. */
export interface Term {
  /** Instant of the event that started the clock, ms since the epoch. */
  readonly start: number;
  /** Limit with every extension added, whole number >= 1. */
  readonly workingDays: number;
  /** IANA name of the jurisdiction's zone. */
  readonly timeZone: string;
}

/** Last day of a term. */
export interface DueDate {
  /** The last day on which it is in time. */
  readonly date: LocalDate;
  /** The instant at which that day is over, ms since the epoch: before it is in time, from it on is late. */
  readonly instant: number;
  /** No notice covers some of the days counted: the date may move when it comes. */
  readonly provisional: boolean;
}

/** Last day of a term in working days. The day of the event does not count, on whatever day and at whatever hour it
 *  falls; counting begins with the next working day; the term ends with the end (24:00) of its last working day, local
 *  time of the jurisdiction. An extension lengthens the term: ten and then five are fifteen.
 *  @throws RangeError  the limit is no whole number >= 1
 *  @source 民法典 第二百零一条 (开始的当日不计入,自下一日开始计算), 第二百零三条 (截止时间为二十四时); the five regulations count in
 *          working days (HZ-8.5e, QZ-7.2c, CZ-11d, YN-16h) and give no counting rule of their own */
export function dueDate(calendar: WorkingCalendar, { start, workingDays, timeZone }: Term): DueDate {
  if (!Number.isInteger(workingDays) || workingDays < 1)
    throw new RangeError(`A term is a whole number of working days, at least one; ${workingDays} is none.`);
  let number = dayNumber(localDate(start, timeZone));
  let provisional = false;
  for (let left = workingDays; left > 0;) {
    const day = isWorkingDay(calendar, dayOf(++number));
    provisional ||= day.provisional;
    if (day.working) left--;
  }
  const date = dayOf(number);
  return { date, instant: endOfDay(date, timeZone), provisional };
}

/** A provisional due date counted anew on a calendar that may know more. One that was certain stays as it is: what was
 *  told to the parties does not move when a notice is changed afterwards.
 *  @returns changed  true when there is something to store: another day, or the same one for certain now */
export function recountDueDate(
  calendar: WorkingCalendar,
  term: Term,
  old: DueDate,
): { readonly due: DueDate; readonly changed: boolean } {
  if (!old.provisional) return { due: old, changed: false };
  const due = dueDate(calendar, term);
  return { due, changed: due.date !== old.date || !due.provisional };
}

import { DateTime } from 'luxon';

/** A day of a local calendar, `2026-02-14`; it has no zone and no time. */
export type LocalDate = string;

const DAY = 86_400_000;

/** Days since 1 January 1970, for arithmetic that no zone can disturb. */
export const dayNumber = (date: LocalDate): number => Date.parse(date) / DAY;

/** The day with that number. */
export const dayOf = (number: number): LocalDate => new Date(number * DAY).toISOString().slice(0, 10);

/** True on a Saturday or a Sunday. 1 January 1970 was a Thursday. */
export const isWeekend = (number: number): boolean => [2, 3].includes(((number % 7) + 7) % 7);

/** True for a day that exists: `2027-02-29` is none. */
export const isLocalDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(dayNumber(text)) === text;

/** The day that it is at an instant in a zone.
 *  @param instant   milliseconds since the epoch
 *  @param timeZone  IANA name of the jurisdiction's zone, never the server's own */
export const localDate = (instant: number, timeZone: string): LocalDate => {
  const date = DateTime.fromMillis(instant, { zone: timeZone }).toISODate();
  if (date === null) throw new RangeError(`${instant} in ${timeZone} is no instant.`);
  return date;
};

/** The end of the day a year after an instant, in a zone: ms since the epoch, the first instant after that day. */
export const endOfYearFrom = (instant: number, timeZone: string): number => {
  const later = DateTime.fromMillis(instant, { zone: timeZone }).plus({ years: 1 });
  return endOfDay(localDate(later.toMillis(), timeZone), timeZone);
};

/** The instant at which a day is over in a zone: the first instant of the next day, ms since the epoch. */
export const endOfDay = (date: LocalDate, timeZone: string): number => {
  const end = DateTime.fromISO(date, { zone: timeZone }).plus({ days: 1 }).startOf('day');
  if (!end.isValid) throw new RangeError(`${date} in ${timeZone} is no day.`);
  return end.toMillis();
};

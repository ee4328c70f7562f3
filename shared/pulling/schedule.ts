import { DateTime } from 'luxon';

/** Times of a day and days on which something is done, in local time. */
export interface Schedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** True where days of the month and of the week are both named: either is enough. */
  readonly isEitherDay: boolean;
}

/** Names for common schedules: at night, when nobody waits for the source. */
const CYCLES: Readonly<Record<string, string>> = {
  HOURLY: '10 * * * *',
  DAILY: '10 2 * * *',
  WEEKLY: '10 2 * * 1',
  MONTHLY: '10 2 1 * *',
  QUARTERLY: '10 2 1 1,4,7,10 *',
  YEARLY: '10 2 1 1 *',
};
/** Minute, hour, day of the month, month, day of the week. */
const RANGES = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12 },
  { least: 0, most: 7 },
] as const;
/** Most times in an hour. */
const MOST_AN_HOUR = 12;

/** Reads a schedule: a cycle, or five fields.
 *  @returns undefined where it is none, never comes true, or comes true more often than twelve times an hour
 *  @source crontab(5) */
export function parseSchedule(text: string): Schedule | undefined {
  const fields = (Object.hasOwn(CYCLES, text) ? CYCLES[text]! : text).trim().split(/\s+/);
  if (fields.length !== RANGES.length) return undefined;
  const read = fields.map((field, at) => readField(field, RANGES[at]!));
  const [minutes, hours, days, months, weekdays] = read;
  if (!minutes || !hours || !days || !months || !weekdays || minutes.length > MOST_AN_HOUR) return undefined;
  const schedule = {
    ...{ minutes, hours, days, months },
    weekdays: [...new Set(weekdays.map((day) => day % 7))],
    isEitherDay: !fields[2]!.startsWith('*') && !fields[4]!.startsWith('*'),
  };
  return nextTime(schedule, 0, 'UTC') === undefined ? undefined : schedule;
}

function readField(field: string, { least, most }: (typeof RANGES)[number]): number[] | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!found) return undefined;
    const [, first, last, step = '1'] = found;
    const from = Number(first ?? least);
    const to = Number(last ?? (first === undefined || found[3] !== undefined ? most : first));
    if (from < least || to > most || from > to || Number(step) < 1) return undefined;
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return [...values].sort((one, other) => one - other);
}

/** A day that is in one year of eight, 29 February, lies within so many days. */
const MOST_DAYS = 366 * 8 + 2;

/** The next time of a schedule.
 *  @param after     ms since the epoch
 *  @param timeZone  IANA name; a time that its clocks skip is the one after the gap, one that comes twice is the first
 *  @returns         ms since the epoch, later than `after`; undefined where it never comes */
export function nextTime(schedule: Schedule, after: number, timeZone: string): number | undefined {
  const { minutes, hours, months } = schedule;
  const start = DateTime.fromMillis(after, { zone: timeZone }).startOf('day');
  for (let at = 0; at < MOST_DAYS; at++) {
    const day = start.plus({ days: at });
    if (!months.includes(day.month) || !isDay(schedule, day)) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const time = day.set({ hour, minute }).toMillis();
        if (time > after) return time;
      }
  }
  return undefined;
}

function isDay({ days, weekdays, isEitherDay }: Schedule, day: DateTime): boolean {
  const isOfMonth = days.includes(day.day);
  const isOfWeek = weekdays.includes(day.weekday % 7);
  return isEitherDay ? isOfMonth || isOfWeek : isOfMonth && isOfWeek;
}

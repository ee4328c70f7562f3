import { z } from 'zod';
import type { Mistake } from '../yaml-document.js';
import { YamlFile } from '../yaml-file.js';
import { dayNumber, dayOf, isLocalDate, isWeekend, type LocalDate } from './local-date.js';
import { statutoryHolidays } from './statutory-holidays.js';
import { NEW_YEAR_REACH } from './working-calendar.js';

const day = z
  .string({ error: 'must be a day such as 2027-02-14' })
  .refine(isLocalDate, { error: 'is no day that exists; write it such as 2027-02-14' });

const calendarFile = z.strictObject({
  year: z.number().int().min(2000).max(2100),
  source: z.string().min(1),
  arrangements: z
    .array(
      z.strictObject({
        holiday: z.string().min(1),
        from: day,
        to: day,
        workdays: z.array(day).default([]),
      }),
    )
    .min(1),
});

/** One year's notice (关于某年部分节假日安排的通知) as the operator wrote it down. */
export interface YearNotice {
  readonly year: number;
  readonly file: string;
  readonly exceptions: ReadonlyMap<LocalDate, boolean>;
}

/** The holidays that every year has, by 全国年节及纪念日放假办法; a notice may join two of them in one line. */
const HOLIDAYS = ['元旦', '春节', '清明', '劳动', '端午', '中秋', '国庆'];

/** Reads one year's holidays and make-up working days.
 *  @throws HubError CONFIG_INVALID naming each mistake with its line, and what would be right; a notice that is only half
 *          written down is a mistake too, since its days would be taken for certain */
export function readCalendarFile(file: string): YearNotice {
  const yaml = YamlFile.read(file);
  const { year, arrangements } = yaml.parse(calendarFile);
  const exceptions = new Map<LocalDate, boolean>();
  const mistakes: Mistake[] = [];

  const take = (date: LocalDate, working: boolean, path: readonly PropertyKey[]): void => {
    if (date < `${year - 1}-${NEW_YEAR_REACH}` || date >= `${year}-${NEW_YEAR_REACH}`)
      mistakes.push({
        path,
        message: `${date} is not for the notice of ${year}: that holds from ${year - 1}-${NEW_YEAR_REACH} to the day before ${year}-${NEW_YEAR_REACH}`,
      });
    else if (exceptions.has(date)) mistakes.push({ path, message: `${date} is named twice` });
    else exceptions.set(date, working);
  };

  for (const [index, { from, to, workdays }] of arrangements.entries()) {
    const path = ['arrangements', index];
    const length = dayNumber(to) - dayNumber(from) + 1;
    if (length < 1) mistakes.push({ path: [...path, 'to'], message: `${to} is before ${from}` });
    else if (length > 15)
      mistakes.push({ path: [...path, 'to'], message: `${length} days off are more than any holiday` });
    else for (let at = 0; at < length; at++) take(dayOf(dayNumber(from) + at), false, [...path, 'from']);
    for (const [nth, date] of workdays.entries()) {
      if (isWeekend(dayNumber(date))) take(date, true, [...path, 'workdays', nth]);
      else
        mistakes.push({
          path: [...path, 'workdays', nth],
          message: `${date} is no Saturday or Sunday, so it is worked anyway; name only make-up days`,
        });
    }
  }
  const named = arrangements.map(({ holiday }) => holiday).join(' ');
  const missing = HOLIDAYS.filter((holiday) => !named.includes(holiday));
  if (missing.length > 0)
    mistakes.push({
      path: ['arrangements'],
      message: `the notice of a whole year is needed; missing: ${missing.join(', ')}`,
    });
  for (const date of statutoryHolidays(year)) {
    if (missing.length === 0 && exceptions.get(date) !== false)
      mistakes.push({ path: ['arrangements'], message: `${date} is a holiday by law and must be among the days off` });
  }
  if (mistakes.length > 0) throw yaml.mistaken(mistakes);
  return { year, file, exceptions };
}

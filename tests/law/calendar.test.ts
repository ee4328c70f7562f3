import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ageInWorkingDays,
  dueDate,
  endOfDay,
  isWorkingDay,
  localDate,
  readCalendar,
  recountDueDate,
  workingDaysBetween,
  workingDaysLeft,
  type DueDate,
  type LocalDate,
  type Term,
  type WorkingCalendar,
  type WorkingDays,
} from '../../shared/law/index.js';

const require = createRequire(import.meta.url);
/** The obviously right answer: the year's own file of the package, else the weekday. (The package's functions take a date
 *  for a time in the server's zone and are a day off west of Greenwich.) */
function isWorkday(date: LocalDate): boolean {
  const year = require(`chinese-days/dist/years/${date.slice(0, 4)}.json`) as Record<'holidays' | 'workdays', object>;
  const weekday = new Date(`${date}T00:00:00Z`).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
  return date in year.workdays || (!(date in year.holidays) && weekday !== 'Sat' && weekday !== 'Sun');
}

const ZONE = 'Asia/Shanghai';
const calendar: WorkingCalendar = readCalendar();
const at = (local: string, offset = '+08:00'): number => Date.parse(`${local}${offset}`);
const due = (start: string, workingDays: number): DueDate =>
  dueDate(calendar, { start: at(start), workingDays, timeZone: ZONE });

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
function calendarFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
/** An invented notice: New Year with a make-up day in the December before, and a Spring Festival with two. */
const NOTICE_2027 = `
year: 2027
source: 国务院办公厅关于2027年部分节假日安排的通知
arrangements:
  - { holiday: 元旦, from: 2026-12-31, to: 2027-01-02, workdays: [2026-12-26] }
  - { holiday: 春节, from: 2027-02-05, to: 2027-02-12, workdays: [2027-01-31, 2027-02-20] }
  - { holiday: 清明节, from: 2027-04-03, to: 2027-04-05 }
  - { holiday: 劳动节, from: 2027-05-01, to: 2027-05-05, workdays: [2027-05-08] }
  - { holiday: 端午节, from: 2027-06-09, to: 2027-06-09 }
  - { holiday: 中秋节, from: 2027-09-15, to: 2027-09-15 }
  - { holiday: 国庆节, from: 2027-10-01, to: 2027-10-07, workdays: [2027-09-26, 2027-10-09] }
`;

/** Another Spring Festival than the one that was announced, and New Year from 31 December on. */
const NOTICE_2026_CHANGED = `
year: 2026
source: an invented change
arrangements:
  - { holiday: 元旦, from: 2025-12-31, to: 2026-01-01 }
  - { holiday: 春节, from: 2026-02-16, to: 2026-02-20 }
  - { holiday: 清明节, from: 2026-04-05, to: 2026-04-05 }
  - { holiday: 劳动节, from: 2026-05-01, to: 2026-05-02 }
  - { holiday: 端午节, from: 2026-06-19, to: 2026-06-19 }
  - { holiday: 中秋节, from: 2026-09-25, to: 2026-09-25 }
  - { holiday: 国庆节, from: 2026-10-01, to: 2026-10-03 }
`;

describe('the working calendar', () => {
  it.each([
    ['an ordinary Friday', '2025-01-24', true],
    ['the Sunday made up for before Spring Festival 2025', '2025-01-26', true],
    ["New Year's Eve 2025, a holiday since that year", '2025-01-28', false],
    ['the last day of Spring Festival 2025', '2025-02-04', false],
    ['the Saturday made up for after it', '2025-02-08', true],
    ['the Sunday made up for before National Day 2025', '2025-09-28', true],
    ['the eighth day of National Day 2025', '2025-10-08', false],
    ['the Saturday made up for after it', '2025-10-11', true],
    ['the Sunday made up for after New Year 2026', '2026-01-04', true],
    ['the Saturday made up for before Spring Festival 2026', '2026-02-14', true],
    ['the ninth day of Spring Festival 2026', '2026-02-23', false],
    ['the Saturday made up for after it', '2026-02-28', true],
    ['a Saturday in between', '2026-02-21', false],
    ['the Saturday made up for after National Day 2026', '2026-10-10', true],
    ['an ordinary Sunday', '2026-03-08', false],
  ])('%s, %s', (_what, date, working) => {
    expect(isWorkingDay(calendar, date)).toEqual({ working, provisional: false });
  });

  it('ends: the last days of 2026 may still be moved by the notice of 2027, and later days are not known at all', () => {
    expect(isWorkingDay(calendar, '2026-12-24')).toEqual({ working: true, provisional: false });
    expect(isWorkingDay(calendar, '2026-12-25')).toEqual({ working: true, provisional: true });
    expect(isWorkingDay(calendar, '2027-01-01')).toEqual({ working: false, provisional: true });
    expect(isWorkingDay(calendar, '2027-01-02')).toEqual({ working: false, provisional: true });
    expect(isWorkingDay(calendar, '2003-12-31').provisional).toBe(true);
  });

  it.each([
    ['元旦', ['2027-01-01', '2028-01-01', '2040-01-01']],
    ['春节', ['2027-02-05', '2027-02-08', '2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2034-02-20']],
    ['清明节', ['2027-04-05', '2028-04-04', '2029-04-04', '2031-04-05']],
    ['劳动节', ['2028-05-01', '2028-05-02', '2029-05-02']],
    ['端午节, before a leap month and after one', ['2027-06-09', '2028-05-28', '2029-06-16', '2033-06-01']],
    ['中秋节', ['2027-09-15', '2028-10-03', '2033-09-08']],
    ['国庆节', ['2027-10-01', '2028-10-02', '2029-10-03']],
  ])('never works on %s, also where no notice is known', (_name, dates) => {
    for (const date of dates)
      expect({ date, ...isWorkingDay(calendar, date) }).toEqual({ date, working: false, provisional: true });
  });

  it('works on days around the holidays that only a notice could give', () => {
    for (const date of ['2027-01-04', '2027-02-04', '2027-02-09', '2027-04-06', '2027-05-04', '2027-10-04'])
      expect({ date, ...isWorkingDay(calendar, date) }).toEqual({ date, working: true, provisional: true });
  });

  it('lets no notice make a holiday by law a working day', () => {
    const wrong = { exceptions: new Map([['2027-01-01', true]]), years: new Set([2027]) };
    expect(isWorkingDay(wrong, '2027-01-01').working).toBe(false);
  });

  it('agrees with the published table on every day that it covers', () => {
    const days = fc.date({ min: new Date('2004-01-01'), max: new Date('2026-12-24'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const date = day.toISOString().slice(0, 10);
        return isWorkingDay(calendar, date).working === isWorkday(date);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a due date', () => {
  it('refuses a limit that is no whole number of days', () => {
    for (const workingDays of [0, -1, 1.5, Number.NaN])
      expect(() => due('2025-03-03T09:00', workingDays)).toThrow(RangeError);
  });

  it.each([
    ['does not count the day of the event', '2025-03-03T00:00', 1, '2025-03-04'],
    ['takes an event late at night for one of that day', '2025-03-03T23:59', 1, '2025-03-04'],
    ['counts from Monday for an event on a Saturday', '2025-03-08T10:00', 5, '2025-03-14'],
    ['HZ-8.5e, CZ-11d: five days from Monday end on the next Monday', '2025-03-03T09:00', 5, '2025-03-10'],
    ['counts make-up days and leaves Spring Festival 2025 out', '2025-01-23T09:00', 5, '2025-02-06'],
    ['counts the make-up Saturday after the festival', '2025-01-27T09:00', 4, '2025-02-08'],
    ['YN-16h: ten days across Spring Festival 2026', '2026-02-11T09:00', 10, '2026-03-03'],
    ['ends on a make-up Saturday', '2026-02-12T15:00', 2, '2026-02-14'],
    ['QZ-7.2e: ten days across National Day 2025', '2025-09-26T17:30', 10, '2025-10-16'],
    ['crosses the year', '2025-12-30T09:00', 3, '2026-01-05'],
  ])('%s', (_rule, start, workingDays, date) => {
    expect(due(start, workingDays)).toEqual({ date, instant: endOfDay(date, ZONE), provisional: false });
  });

  it('is never a holiday by law beyond the table, and stays provisional', () => {
    expect(due('2026-12-18T09:00', 10)).toEqual({
      date: '2027-01-04',
      instant: endOfDay('2027-01-04', ZONE),
      provisional: true,
    });
  });

  it('is over with the end of its day in the zone of the jurisdiction', () => {
    expect(new Date(due('2025-03-03T09:00', 5).instant).toISOString()).toBe('2025-03-10T16:00:00.000Z');
  });

  it('lengthens by its extension: ten and then five are fifteen', () => {
    const ten = due('2025-09-26T09:00', 10);
    const five = due(`${ten.date}T12:00`, 5);
    expect(due('2025-09-26T09:00', 15)).toEqual(five);
  });

  it.each([
    ['Asia/Shanghai', '2025-03-04', '2025-03-05', '2025-03-05T16:00:00.000Z'],
    ['Asia/Urumqi', '2025-03-03', '2025-03-04', '2025-03-04T18:00:00.000Z'],
    ['UTC', '2025-03-03', '2025-03-04', '2025-03-05T00:00:00.000Z'],
    ['America/New_York', '2025-03-03', '2025-03-04', '2025-03-05T05:00:00.000Z'],
    ['Pacific/Kiritimati', '2025-03-04', '2025-03-05', '2025-03-05T10:00:00.000Z'],
  ])('one event is of the day that it is in %s', (timeZone, day, date, over) => {
    const start = Date.parse('2025-03-03T17:30:00Z');
    expect(localDate(start, timeZone)).toBe(day);
    const counted = dueDate(calendar, { start, workingDays: 1, timeZone });
    expect({ date: counted.date, over: new Date(counted.instant).toISOString() }).toEqual({ date, over });
  });

  it('ends where the clocks change, too', () => {
    expect(new Date(endOfDay('2025-03-09', 'America/New_York')).toISOString()).toBe('2025-03-10T04:00:00.000Z');
    expect(new Date(endOfDay('2025-11-02', 'America/New_York')).toISOString()).toBe('2025-11-03T05:00:00.000Z');
  });

  it('refuses a zone that there is not', () => {
    expect(() => dueDate(calendar, { start: 0, workingDays: 1, timeZone: 'Asia/Hangzhou' })).toThrow(RangeError);
  });

  it('is what counting day by day gives, in every zone', () => {
    const instants = fc.date({ min: new Date('2005-01-01'), max: new Date('2026-10-01'), noInvalidDate: true });
    const zones = fc.constantFrom(ZONE, 'UTC', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata');
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), zones, (start, workingDays, timeZone) => {
        const counted = dueDate(calendar, { start: start.getTime(), workingDays, timeZone });
        const today = localDate(start.getTime(), timeZone);
        expect(today).toBe(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(start));
        expect(counted.date).toBe(countDayByDay(today, workingDays));
        expect(localDate(counted.instant - 1, timeZone)).toBe(counted.date);
        expect(localDate(counted.instant, timeZone) > counted.date).toBe(true);
        expect(workingDaysBetween(calendar, today, counted.date).days).toBe(workingDays);
      }),
      { numRuns: 300 },
    );
  });
});

/** The obviously right count: one day after the other. */
function countDayByDay(from: LocalDate, workingDays: number): LocalDate {
  const day = new Date(`${from}T12:00:00Z`);
  for (let counted = 0; counted < workingDays;) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (isWorkday(day.toISOString().slice(0, 10))) counted += 1;
  }
  return day.toISOString().slice(0, 10);
}

describe('age and what is left', () => {
  it('counts working days only, and back as well as forth', () => {
    expect(workingDaysBetween(calendar, '2025-01-24', '2025-02-06')).toEqual({ days: 4, provisional: false });
    expect(workingDaysBetween(calendar, '2025-02-06', '2025-01-24')).toEqual({ days: -4, provisional: false });
    expect(workingDaysBetween(calendar, '2025-02-06', '2025-02-06')).toEqual({ days: 0, provisional: false });
  });

  it('shows the age of what has no limit', () => {
    const age = { since: at('2025-01-24T09:00'), now: at('2025-02-06T09:00'), timeZone: ZONE };
    const four: WorkingDays = { days: 4, provisional: false };
    expect(ageInWorkingDays(calendar, age)).toEqual(four);
  });

  it('is overdue from the end of the last day on, and not before', () => {
    const friday = due('2025-03-07T09:00', 5);
    expect(friday.date).toBe('2025-03-14');
    const left = (now: string) => workingDaysLeft(calendar, { due: friday, now: at(now), timeZone: ZONE });
    expect(left('2025-03-07T18:00')).toMatchObject({ days: 5, overdue: false });
    expect(left('2025-03-14T23:59')).toMatchObject({ days: 0, overdue: false });
    expect(left('2025-03-15T00:00')).toMatchObject({ days: 0, overdue: true });
    expect(left('2025-03-18T09:00')).toMatchObject({ days: -2, overdue: true });
  });

  it('says when the table ends before the answer', () => {
    expect(workingDaysBetween(calendar, '2026-12-20', '2027-01-05').provisional).toBe(true);
  });
});

describe("the operator's file for a coming year", () => {
  const term: Term = { start: at('2026-12-24T09:00'), workingDays: 5, timeZone: ZONE };

  it('makes a provisional date certain, and moves it where the notice says so', () => {
    const old = dueDate(calendar, term);
    expect(old).toMatchObject({ date: '2026-12-31', provisional: true });
    expect(recountDueDate(calendar, term, old)).toEqual({ due: old, changed: false });

    const next = readCalendar(calendarFolder({ '2027.yaml': NOTICE_2027, 'notes.txt': 'not read' }));
    const { due: recounted, changed } = recountDueDate(next, term, old);
    expect({ recounted, changed }).toEqual({
      recounted: { date: '2026-12-30', instant: endOfDay('2026-12-30', ZONE), provisional: false },
      changed: true,
    });
    expect(isWorkingDay(next, '2026-12-26')).toEqual({ working: true, provisional: false });
    expect(isWorkingDay(next, '2027-02-20')).toEqual({ working: true, provisional: false });
    expect(isWorkingDay(next, '2027-12-25').provisional).toBe(true);
  });

  it('says that a date which stays the same is certain now', () => {
    const short = { ...term, workingDays: 4 };
    const old = dueDate(calendar, short);
    expect(old).toMatchObject({ date: '2026-12-30', provisional: true });
    const quiet = NOTICE_2027.replace('2026-12-31', '2027-01-01').replace(', workdays: [2026-12-26]', '');
    const next = readCalendar(calendarFolder({ '2027.yaml': quiet }));
    expect(recountDueDate(next, short, old)).toEqual({ due: { ...old, provisional: false }, changed: true });
  });

  it('never moves a date that was certain', () => {
    const sure = { date: '2027-01-04', instant: endOfDay('2027-01-04', ZONE), provisional: false };
    const next = readCalendar(calendarFolder({ '2027.yaml': NOTICE_2027 }));
    expect(recountDueDate(next, term, sure)).toEqual({ due: sure, changed: false });
  });

  it('replaces a year that is known already, its last days in December left to the next notice', () => {
    const next = readCalendar(calendarFolder({ '2026.yml': NOTICE_2026_CHANGED }));
    expect(isWorkingDay(next, '2026-02-14').working).toBe(false);
    expect(isWorkingDay(next, '2026-02-23').working).toBe(true);
    expect(isWorkingDay(next, '2025-12-31').working).toBe(false);
    expect(isWorkingDay(next, '2025-10-11').working).toBe(true);
  });

  it.each<[string, string, RegExp]>([
    ['a year without its whole notice', NOTICE_2027.replace(/.*国庆节.*\n/, ''), /missing: 国庆/],
    [
      'a make-up day on a weekday',
      NOTICE_2027.replace('2027-02-20', '2027-02-19'),
      /line 6, arrangements\[1\]\.workdays\[1\]: 2027-02-19 is no Saturday/,
    ],
    ['a day that does not exist', NOTICE_2027.replace('2027-02-20', '2027-02-30'), /line 6, .*is no day that exists/],
    [
      'a holiday that ends before it begins',
      NOTICE_2027.replace('to: 2027-04-05', 'to: 2027-04-01'),
      /line 7, .*2027-04-01 is before 2027-04-03/,
    ],
    [
      'a day off that is made up for in the same notice',
      NOTICE_2027.replace('2027-02-20', '2027-02-06'),
      /2027-02-06 is named twice/,
    ],
    [
      'a day of another year',
      NOTICE_2027.replace('2027-10-09', '2028-01-08'),
      /2028-01-08 is not for the notice of 2027/,
    ],
    ['a month off', NOTICE_2027.replace('to: 2027-02-12', 'to: 2027-03-06'), /30 days off are more than any holiday/],
    [
      'National Day in another month',
      NOTICE_2027.replace('from: 2027-10-01, to: 2027-10-07', 'from: 2027-11-01, to: 2027-11-07'),
      /2027-10-01 is a holiday by law/,
    ],
    [
      'the eve of Spring Festival as a working day',
      NOTICE_2027.replace('from: 2027-02-05', 'from: 2027-02-06'),
      /2027-02-05 is a holiday by law/,
    ],
    ['a misspelt key', NOTICE_2027.replace('workdays:', 'workday:'), /line 5, .*workday/],
    ['nothing', '', /year/],
    ['no YAML', 'year: [', /line 1/],
  ])('refuses %s', (_what, text, why) => {
    const folder = calendarFolder({ '2027.yaml': text });
    expect(() => readCalendar(folder)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(why) }),
    );
  });

  it('refuses two files for one year, and a folder that is not there', () => {
    const folder = calendarFolder({ '2027.yaml': NOTICE_2027, 'again.yaml': NOTICE_2027 });
    expect(() => readCalendar(folder)).toThrow(/two files for 2027/);
    expect(() => readCalendar(join(folder, 'gone'))).toThrow(/CALENDAR_DIR .*gone cannot be read \(ENOENT\)/);
  });
});

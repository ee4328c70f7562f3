import chineseDays from 'chinese-days';
import { dayNumber, dayOf, type LocalDate } from './local-date.js';

/** The first year of 除夕 and 2 May as holidays; what earlier years had, their notices say. */
const PRESENT_LAW = 2025;
/** The last year of the package's table of lunar months. */
const LAST_LUNAR_YEAR = 2100;
/** 正月初一 of the year before the first one that is asked for. */
const NEW_YEAR_2024 = dayNumber('2024-02-10');

const known = new Map<number, ReadonlySet<LocalDate>>();

/** Days of a year that are holidays by the law itself, whatever a notice arranges around them. Days off in lieu of those
 *  that fall on a weekend are left to the notice.
 *  @returns the days of fixed date alone before 2025, and after 2100 where no lunar months are known
 *  @source 全国年节及纪念日放假办法 (国务院令第795号) 第二条 */
export function statutoryHolidays(year: number): ReadonlySet<LocalDate> {
  let holidays = known.get(year);
  if (!holidays) known.set(year, (holidays = new Set([...fixedDays(year), ...movingDays(year)])));
  return holidays;
}

const fixedDays = (year: number): LocalDate[] =>
  ['01-01', '05-01', ...(year >= PRESENT_LAW ? ['05-02'] : []), '10-01', '10-02', '10-03'].map(
    (rest) => `${year}-${rest}`,
  );

function movingDays(year: number): LocalDate[] {
  if (year < PRESENT_LAW || year > LAST_LUNAR_YEAR) return [];
  let newYear = NEW_YEAR_2024;
  for (let before = 2024; before < year; before++) newYear += daysBefore(before, 13);
  const springFestival = [-1, 0, 1, 2].map((day) => dayOf(newYear + day));
  const dragonBoat = dayOf(newYear + daysBefore(year, 5) + 4);
  const midAutumn = dayOf(newYear + daysBefore(year, 8) + 14);
  return [...springFestival, qingming(year), dragonBoat, midAutumn];
}

/** Days of a lunar year before its month of that number. (The package's functions of dates take them for times in the
 *  server's zone; and the Chinese calendar of ICU is a day off in 2027, whose new moon is close to midnight.) */
function daysBefore(year: number, month: number): number {
  const { leapMonth, days } = chineseDays.getYearLeapMonth(year);
  let sum = leapMonth !== undefined && leapMonth < month ? days : 0;
  for (let one = 1; one < month; one++) sum += chineseDays.monthDays(year, one);
  return sum;
}

/** The usual approximation of the solar term, which holds for the whole century. */
function qingming(year: number): LocalDate {
  const inCentury = year - 2000;
  const day = Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4);
  return `${year}-04-${String(day).padStart(2, '0')}`;
}

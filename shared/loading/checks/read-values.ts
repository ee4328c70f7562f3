import { isCalendarDay } from '../../kernel/calendar-day.js';

/** Reads the words for yes and no.
 *  @returns  `true` or `false` as PostgreSQL takes them */
export function readBoolean(text: string): 'true' | 'false' | undefined {
  return BOOLEANS.get(text.toLowerCase());
}
const BOOLEANS: ReadonlyMap<string, 'true' | 'false'> = new Map([
  ...['true', 't', 'yes', 'y', '1', '是', '有'].map((word) => [word, 'true'] as const),
  ...['false', 'f', 'no', 'n', '0', '否', '无'].map((word) => [word, 'false'] as const),
]);

const DAY =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)/;
const CLOCK = /^(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)$/i;
const PLAIN_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a date, such as 2026-01-31, 2026/1/31, 20260131 or 2026年1月31日, also with the time of midnight behind it.
 *  @returns  `YYYY-MM-DD` */
export function readDate(text: string): string | undefined {
  if (PLAIN_DAY.test(text))
    return isCalendarDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))) ? text : undefined;
  const found = splitDay(text);
  return found && /^(?:[T ]+0{1,2}:00(?::00(?:\.0+)?)?)?$/.test(found.rest) ? found.day : undefined;
}

/** Reads an instant. Without an offset it is meant in the time zone of the connection that stores it.
 *  @returns  `YYYY-MM-DD HH:MM:SS`, with the offset where there is one */
export function readTime(text: string): string | undefined {
  const found = splitDay(text);
  if (!found) return undefined;
  if (found.rest === '') return found.day;
  const clock = CLOCK.exec(found.rest);
  if (!clock) return undefined;
  const [, hour = '', minute = '', second = '00', fraction = '', offset = ''] = clock;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || !isOffset(offset)) return undefined;
  return `${found.day} ${hour.padStart(2, '0')}:${minute}:${second}${fraction}${offset}`;
}

function splitDay(text: string): { readonly day: string; readonly rest: string } | undefined {
  const found = DAY.exec(text);
  if (!found) return undefined;
  const [whole, year = '', ...parts] = found;
  const [month = '', day = ''] = parts.filter((part) => part !== undefined);
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  return { day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, rest: text.slice(whole.length) };
}

const isOffset = (offset: string): boolean => {
  if (offset === '' || /^z$/i.test(offset)) return true;
  const minutes = offset.slice(3).replace(':', '');
  return Number(offset.slice(1, 3)) <= 14 && Number(minutes || '0') <= 59;
};

import dayjs, { type Dayjs } from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { language } from '../app/words.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
let zone: string | undefined;
let format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
let formatDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });

/** Shows times as they are in the jurisdiction from now on, wherever the browser is. */
export function setTimeZone(timeZone: string): void {
  zone = timeZone;
  format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  formatDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
}

/** An instant as a person reads it; a dash where there is none. */
export const showTime = (instant: string | null | undefined): string =>
  instant ? format.format(new Date(instant)) : '—';

/** The day of an instant. */
export const showDay = (instant: string | null | undefined): string =>
  instant ? formatDay.format(new Date(instant)) : '—';

const inZone = (day: Dayjs | string): Dayjs => dayjs.tz(dayjs(day).format('YYYY-MM-DD'), zone);

/** First instant of a day that was chosen, in the jurisdiction. */
export const startOfDay = (day: Dayjs | string): string => inZone(day).toISOString();

/** Instant at which a day that was chosen has ended, in the jurisdiction. */
export const endOfDay = (day: Dayjs | string): string =>
  dayjs.tz(dayjs(day).add(1, 'day').format('YYYY-MM-DD'), zone).toISOString();

/** The local day of an instant, `YYYY-MM-DD`. */
export const localDay = (instant: string): string => dayjs(instant).tz(zone).format('YYYY-MM-DD');

import { DateTime } from 'luxon';
import type { DeclaredPull } from '../declaration/index.js';

type Format = NonNullable<DeclaredPull['watermark']>['format'];

/** Writes an instant as a service reads it.
 *  @param since  ms since the epoch */
export function formatSince(since: number, format: Format, timeZone: string): string | number {
  const time = DateTime.fromMillis(since, { zone: timeZone });
  switch (format) {
    case 'datetime':
      return time.toFormat('yyyy-MM-dd HH:mm:ss');
    case 'date':
      return time.toFormat('yyyy-MM-dd');
    case 'iso':
      return time.toUTC().toISO()!;
    case 'ms':
      return since;
  }
}

/** The instant of a row's watermark, ms since the epoch; a date is its midnight in the hub's time zone.
 *  @returns undefined where the row has none */
export function instantOf(value: unknown, timeZone: string): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'string') return undefined;
  const time = DateTime.fromISO(value.replace(' ', 'T'), { zone: timeZone });
  return time.isValid ? time.toMillis() : undefined;
}

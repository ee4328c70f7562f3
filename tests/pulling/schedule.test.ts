import { describe, expect, it } from '@jest/globals';
import { nextTime, parseSchedule } from '../../shared/pulling/schedule.js';

const next = (text: string, after: string, zone = 'Asia/Shanghai') => {
  const time = nextTime(parseSchedule(text)!, Date.parse(after), zone);
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe('a schedule', () => {
  it.each([
    '',
    'daily',
    '2 * * *',
    '60 * * * *',
    '* * * * *',
    '*/2 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 30 2 *',
    '0 0 31 4,6 *',
    '0 5-2 * * *',
    '0 0 * * 8',
    '0 */0 * * *',
    '0 0 * * MON',
    '0;1 0 * * *',
  ])('is not %j', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });

  it('has times in its time zone', () => {
    expect(next('0 2 * * *', '2026-03-01T00:00:00Z')).toBe('2026-03-01T18:00:00.000Z');
    expect(next('0 2 * * *', '2026-03-01T17:59:59Z')).toBe('2026-03-01T18:00:00.000Z');
    expect(next('0 2 * * *', '2026-03-01T18:00:00Z')).toBe('2026-03-02T18:00:00.000Z');
    expect(next('DAILY', '2026-03-01T18:00:00Z', 'UTC')).toBe('2026-03-02T02:10:00.000Z');
  });

  it('has steps, ranges, lists and days of the week', () => {
    expect(next('*/15 8-10 * * *', '2026-03-02T02:46:00Z')).toBe('2026-03-03T00:00:00.000Z');
    expect(next('5/20 * * * *', '2026-03-02T02:30:00Z')).toBe('2026-03-02T02:45:00.000Z');
    expect(next('0 0 * * 7', '2026-03-02T00:00:00Z', 'UTC')).toBe('2026-03-08T00:00:00.000Z');
    expect(next('0 0 1 1,4,7,10 *', '2026-03-02T00:00:00Z', 'UTC')).toBe('2026-04-01T00:00:00.000Z');
    expect(next('0 0 13 * 5', '2026-03-02T00:00:00Z', 'UTC')).toBe('2026-03-06T00:00:00.000Z');
    expect(next('0 0 29 2 *', '2026-03-02T00:00:00Z', 'UTC')).toBe('2028-02-29T00:00:00.000Z');
  });

  it('comes once a day where clocks are changed', () => {
    expect(next('30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(next('30 2 * * *', '2026-10-24T12:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(next('30 2 * * *', '2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-26T01:30:00.000Z');
  });
});

import { describe, expect, it } from '@jest/globals';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { judgeFreshness, type UpdateFacts } from '../../subgraphs/governance/freshness/freshness.rule.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const calendar = readCalendar();
const judge = (profile: string, facts: Partial<UpdateFacts>) => {
  const { due, escalation, clauses, flags } = judgeFreshness(
    { dataClass: 'OTHER', ...facts },
    { calendar, profile: readProfile(profile) },
  );
  return { due: due?.date, escalation: escalation?.date, clauses, flags };
};
const at = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);

describe('the day by which a resource is updated again', () => {
  it('is unknown where no update is known, whatever the cycle', () => {
    expect(judge('hangzhou', { cycle: 'DAILY' })).toMatchObject({ due: undefined, clauses: [] });
    expect(judge('hangzhou', { cycle: 'IRREGULAR', lastUpdate: at('2026-03-02') }).due).toBeUndefined();
  });

  it('of data generated on a Friday is the second working day after it (HZ-7.4c)', () => {
    shows('HZ-7.4c');
    const friday = { cycle: 'IRREGULAR' as const, generatedAt: at('2026-03-06'), lastUpdate: at('2026-03-05') };
    expect(judge('hangzhou', friday)).toMatchObject({
      due: '2026-03-10',
      escalation: '2026-03-11',
      clauses: ['HZ-7.4c'],
    });
    expect(judge('hangzhou', { ...friday, lastUpdate: at('2026-03-07') }).due).toBeUndefined();
  });

  it('is the end of the cycle, moved over a holiday to the next working day', () => {
    shows('CZ-12a', 'YN-11a');
    // The Spring Festival of 2026: 15 to 23 February.
    for (const [profile, clause] of [
      ['chenzhou', 'CZ-12a'],
      ['yunnan', 'YN-11a'],
    ] as const)
      expect(judge(profile, { cycle: 'DAILY', lastUpdate: at('2026-02-14') })).toMatchObject({
        due: '2026-02-24',
        clauses: [clause],
      });
    expect(judge('chenzhou', { cycle: 'MONTHLY', lastUpdate: at('2026-01-31') }).due).toBe('2026-02-28');
    expect(judge('chenzhou', { cycle: 'WEEKLY', lastUpdate: at('2026-03-02') }).due).toBe('2026-03-09');
  });

  it('of an approved quarterly window is the end of the first window that begins after the last update', () => {
    const window = { cycle: 'QUARTERLY' as const, exception: { kind: 'WINDOW' as const } };
    expect(judge('hangzhou', { ...window, lastUpdate: at('2026-03-31') })).toMatchObject({
      due: '2026-04-10',
      clauses: ['HZ-7.4d'],
      flags: [],
    });
    expect(judge('hangzhou', { ...window, lastUpdate: at('2026-04-05') }).due).toBe('2026-07-10');
    expect(judge('hangzhou', { ...window, lastUpdate: at('2026-12-05') }).due).toBe('2027-01-10');
  });
});

describe('how a resource is kept current', () => {
  it('is a fault without a cycle (HZ-6.1c)', () => {
    shows('HZ-6.1c');
    expect(judge('hangzhou', {}).flags).toMatchObject([{ code: 'CYCLE_MISSING' }]);
  });

  it('is a fault by the quarter without approval (HZ-7.4d)', () => {
    shows('HZ-7.4d');
    expect(judge('hangzhou', { cycle: 'QUARTERLY' }).flags).toEqual([
      { code: 'WINDOW_NOT_APPROVED', clauses: ['HZ-7.4d'] },
    ]);
    expect(judge('chenzhou', { cycle: 'QUARTERLY' }).flags).toEqual([]);
  });

  it('is a fault of certificates and documents that are not in real time (HZ-7.4b)', () => {
    showsPartOf('HZ-7.4b');
    for (const dataClass of ['CERTIFICATES', 'DOCUMENTS'] as const)
      expect(judge('hangzhou', { cycle: 'DAILY', dataClass }).flags).toEqual([
        { code: 'NOT_REAL_TIME', clauses: ['HZ-7.4b'] },
      ]);
    expect(judge('hangzhou', { cycle: 'REALTIME', dataClass: 'CERTIFICATES' }).flags).toEqual([]);
    expect(judge('hangzhou', { cycle: 'DAILY' }).flags).toEqual([]);
  });

  it('is a fault where an interval was not filed (QZ-4.3f), and follows the interval that was', () => {
    shows('QZ-4.3f');
    expect(judge('quanzhou', { cycle: 'DAILY' }).flags).toEqual([{ code: 'INTERVAL_NOT_FILED', clauses: ['QZ-4.3f'] }]);
    const filed = { kind: 'INTERVAL' as const, cycle: 'WEEKLY' as const };
    expect(judge('quanzhou', { cycle: 'DAILY', exception: filed, lastUpdate: at('2026-03-02') })).toMatchObject({
      due: '2026-03-09',
      flags: [],
    });
  });
});

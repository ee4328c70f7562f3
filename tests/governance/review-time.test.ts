import { describe, expect, it } from '@jest/globals';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { computeDueDate, describeTime, isOverdue } from '../../subgraphs/governance/application/review/review-time.js';
import { resolveProcess } from '../../subgraphs/governance/application/review/resolve-process.rule.js';
import { type ReviewProcess } from '../../subgraphs/governance/application/review/review-process.js';
import { openReview, type ReviewState } from '../../subgraphs/governance/application/review/review-state.rule.js';
import { recall } from '../../subgraphs/governance/application/messages/index.js';
import { recall as recallOfCorrection } from '../../subgraphs/governance/correction/messages/index.js';
import { resolveCorrectionProcess } from '../../subgraphs/governance/correction/correction-process.rule.js';
import { textIn } from '../../shared/kernel/index.js';
import { shows } from '../conformance/shows.js';

const days = { calendar: readCalendar(), timeZone: 'Asia/Shanghai' };
const at = (local: string): number => Date.parse(`${local}+08:00`);
const processIn = (profile: string): ReviewProcess =>
  resolveProcess(readProfile(profile), { kind: 'CONDITIONAL', mode: 'QUERY' }) as ReviewProcess;
const sent = (process: ReviewProcess, local: string, more: Partial<ReviewState> = {}): ReviewState => {
  const terms = { mode: 'QUERY', coordinates: [], until: at('2027-01-01T00:00'), masks: {}, conditions: [] } as const;
  return { ...openReview(process, terms, at(local)), ...more };
};
const told = (profile: string, review: (process: ReviewProcess) => ReviewState, now: string) => {
  const process = processIn(profile);
  const standing = review(process);
  return describeTime(process.limit, standing, computeDueDate(process.limit, standing, days), at(now), days);
};

describe('the clock of an answer', () => {
  it('never makes late what has no limit; its age is told (QZ, JL)', () => {
    for (const profile of ['quanzhou', 'jilin']) {
      const time = told(profile, (process) => sent(process, '2026-01-05T09:00'), '2026-12-01T09:00');
      expect(time).toMatchObject({ overdue: false });
      expect([time.due, time.workingDaysLeft]).toEqual([undefined, undefined]);
      expect(time.ageInWorkingDays).toBeGreaterThan(200);
    }
  });

  it('runs to the end of the last working day in the jurisdiction’s zone (HZ-8.5e)', () => {
    shows('HZ-8.5e');
    const on = (now: string) => told('hangzhou', (process) => sent(process, '2026-02-09T18:00'), now);
    expect(on('2026-02-14T23:59')).toMatchObject({ due: { date: '2026-02-14' }, workingDaysLeft: 0, overdue: false });
    expect(on('2026-02-15T00:00').overdue).toBe(true);
  });

  it('stops with the answer: what was answered in time stays in time (CZ-11d)', () => {
    shows('CZ-11d');
    const answered = (stopped: string) => (process: ReviewProcess) =>
      sent(process, '2026-03-02T09:00', { status: 'REFUSED', stopped: at(stopped) });
    expect(told('chenzhou', answered('2026-03-09T20:00'), '2026-06-01T09:00').overdue).toBe(false);
    expect(told('chenzhou', answered('2026-03-10T08:00'), '2026-06-01T09:00').overdue).toBe(true);
  });

  it('stops only with the supply where the law counts to it (YN-16h)', () => {
    shows('YN-16h');
    const process = processIn('yunnan');
    const agreed = (from: string): ReviewState => {
      const review = sent(process, '2026-03-02T09:00');
      return {
        ...review,
        status: 'AGREED',
        stopped: at('2026-03-03T09:00'),
        terms: { ...review.terms, from: at(from) },
      };
    };
    const late = (review: ReviewState) =>
      isOverdue(process.limit, review, computeDueDate(process.limit, review, days), at('2026-06-01T09:00'));
    expect([late(agreed('2026-03-16T09:00')), late(agreed('2026-03-17T00:00'))]).toEqual([false, true]);
  });

  it('is marked provisional where no official calendar reaches', () => {
    expect(told('hangzhou', (process) => sent(process, '2031-03-03T09:00'), '2031-03-04T09:00').provisional).toBe(true);
  });

  it('runs no further than it was given more time for', () => {
    const given = (state: 'ASKED' | 'GIVEN' | 'DENIED') => (process: ReviewProcess) =>
      sent(process, '2026-03-02T09:00', { extension: { workingDays: 3, reason: 'x', state, by: 'zhao.lei' } });
    const due = (state: 'ASKED' | 'GIVEN' | 'DENIED') => told('hangzhou', given(state), '2026-03-03T09:00').due?.date;
    expect([due('ASKED'), due('DENIED'), due('GIVEN')]).toEqual(['2026-03-09', '2026-03-09', '2026-03-12']);
  });
});

describe('the reading of a text that is silent', () => {
  it.each(['quanzhou', 'hangzhou', 'chenzhou', 'jilin', 'yunnan'])('is told in Chinese, too (%s)', (name) => {
    const profile = readProfile(name);
    const notes = (['CONDITIONAL', 'NOT_SHARED', 'UNCATALOGUED', 'SPECIAL'] as const).flatMap((kind) =>
      (['QUERY', 'VERIFY', 'STATISTICS', 'BULK'] as const).flatMap((mode) => {
        const process = resolveProcess(profile, { kind, mode });
        return 'notes' in process ? process.notes.map(recall) : [];
      }),
    );
    const words = [...notes, ...resolveCorrectionProcess(profile).notes.map(recallOfCorrection)];
    expect(words.map((each) => textIn(each, 'zh')).filter((text) => /[a-z]{3} [a-z]{2}/.test(text))).toEqual([]);
  });
});

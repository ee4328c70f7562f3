import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile, type WorkingCalendar } from '../../shared/law/index.js';
import { recalculateDueDates } from '../../subgraphs/governance/reminders/job/recalculate-due-dates.js';
import { DEADLINE_SOURCES } from '../../subgraphs/governance/reminders/job/sources.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { ApplicationsUnderTest } from './support/applications-under-test.js';

const ZONE = 'Asia/Shanghai';
const at = (local: string): number => Date.parse(`${local}+08:00`);
let applications: ApplicationsUnderTest;
beforeAll(async () => {
  applications = await ApplicationsUnderTest.open('hangzhou');
}, 60_000);
afterAll(() => applications.close());

/** The worker's look at an instant. */
async function look(local: string, calendar: WorkingCalendar = readCalendar()): Promise<void> {
  const clock = { now: at(local), calendar, timeZone: ZONE };
  const common = { ...clock, pool: applications.pool, store: new RecordStore(ZONE) };
  await recalculateDueDates(common);
  await announceDeadlines({ ...common, profile: readProfile('hangzhou'), sources: DEADLINE_SOURCES });
  await distributeNotices(applications.pool);
}
const idOf = ({ id }: Loose): string => String(id).split('/')[0]!;
/** What was told of an application, to whom, in the order it was told. */
const told = async (review: Loose) =>
  (
    await applications.rows(
      `select department, kind, act, to_char(due_on, 'YYYY-MM-DD') as due from notice
        where object = any($1::text[]) order by number`,
      [[`application/${review.id}`, `application/${idOf(review)}`]],
    )
  ).map(({ department, kind, act, due }) => [act, department, kind, due]);
/** Monday before Spring Festival; five working days end with the make-up Saturday, 14 February (HZ-8.5e). */
const applied = async (more: Record<string, unknown> = {}): Promise<Loose> => {
  applications.now = at('2026-02-09T10:00');
  const review = await applications.apply(more);
  expect(review.time.due).toBe('2026-02-14');
  return review;
};

describe('an application that nobody answers', () => {
  it('is reminded of, escalated once, listed as late, and never granted by silence', async () => {
    const review = await applied();
    for (const local of ['2026-02-10T09:00', '2026-02-11T09:00', '2026-02-12T09:00', '2026-02-13T09:00'])
      await look(local);
    await look('2026-02-14T08:00');
    for (const local of ['2026-02-15T00:00', '2026-02-15T00:05', '2026-02-24T09:00', '2026-06-01T09:00'])
      await look(local);
    expect(await told(review)).toEqual([
      ['SUBMIT_APPLICATION', 'public-security', 'TASK', '2026-02-14'],
      ['REMIND', 'public-security', 'REMINDER', '2026-02-14'],
      ['REMIND', 'public-security', 'REMINDER', '2026-02-14'],
      ['ESCALATE', 'data-bureau', 'OVERDUE', '2026-02-14'],
      ['ESCALATE', 'housing', 'OVERDUE', '2026-02-14'],
      ['ESCALATE', 'public-security', 'OVERDUE', '2026-02-14'],
    ]);
    applications.now = at('2026-06-01T09:00');
    const late = await applications.review(review.id);
    expect([late.status, late.grant, late.version, late.time.overdue]).toEqual(['REVIEW', null, review.version, true]);
    const [row] = await applications.rows('select escalated_at, grant_id from application_track where id = $1', [
      review.id,
    ]);
    expect(row).toEqual({ escalated_at: new Date(at('2026-02-15T00:00')), grant_id: null });
    const events = await applications.rows(
      `select actor from application_event where track = $1 and what = 'ESCALATE'`,
      [review.id],
    );
    expect(events).toEqual([{ actor: 'sharehub' }]);
  });

  it('can still be decided afterwards, by the version that was seen before it was escalated', async () => {
    const review = await applied();
    await look('2026-02-24T09:00');
    applications.now = at('2026-02-24T10:00');
    const { review: refused, refusal } = await applications.decide('police', review, {
      verdict: 'REFUSE',
      reason: '与职能无关',
    });
    expect([refusal, refused.status]).toEqual([null, 'REFUSED']);
    await look('2026-02-25T09:00');
    expect((await told(review)).filter(([act]) => act === 'ESCALATE')).toHaveLength(3);
  });
});

describe('an application that goes on', () => {
  it('is told to whose turn it is, and no more to who has decided', async () => {
    const review = await applied({ coordinates: ['Resident.phone'] });
    await look('2026-02-09T11:00');
    applications.now = at('2026-02-10T10:00');
    const { review: reviewed } = await applications.agree('police', review);
    expect(reviewed.waitsFor).toEqual(['*secrecy-reviewer']);
    await look('2026-02-10T11:00');
    await look('2026-02-14T08:00');
    expect(await told(review)).toEqual([
      ['SUBMIT_APPLICATION', 'public-security', 'TASK', '2026-02-14'],
      ['AGREE_TO_SHARE', 'housing', 'DECISION', null],
      ['AGREE_TO_SHARE', 'secrecy-bureau', 'TASK', '2026-02-14'],
      ['REMIND', 'secrecy-bureau', 'REMINDER', '2026-02-14'],
    ]);
  });

  it('is told of no more when it has been decided in time', async () => {
    const review = await applied({ coordinates: ['Resident.phone'] });
    const { review: reviewed } = await applications.agree('police', review);
    await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    await look('2026-02-14T08:00');
    await look('2026-02-24T09:00');
    expect((await told(review)).map(([act]) => act)).toEqual(expect.not.arrayContaining(['REMIND', 'ESCALATE']));
  });
});

describe('a due date in a year whose calendar is not known', () => {
  it('is provisional, and moves when the calendar comes; then it stays', async () => {
    applications.now = at('2027-02-01T10:00');
    const review = await applications.apply({ until: '2027-12-31T16:00:00Z' });
    expect(review.time).toMatchObject({ due: '2027-02-10', provisional: true });
    await look('2027-02-01T11:00');
    expect(await told(review)).toEqual([['SUBMIT_APPLICATION', 'public-security', 'TASK', '2027-02-10']]);
    const known = readCalendar();
    const calendar: WorkingCalendar = {
      exceptions: new Map([...known.exceptions, ['2027-02-08', false], ['2027-02-09', false]]),
      years: new Set([...known.years, 2027, 2028]),
    };
    await look('2027-02-02T09:00', calendar);
    await look('2027-02-02T09:05', calendar);
    expect((await told(review)).slice(1)).toEqual([
      ['RECOUNT_DUE_DATE', 'housing', 'INFORMATION', '2027-02-11'],
      ['RECOUNT_DUE_DATE', 'public-security', 'TASK', '2027-02-11'],
    ]);
    const [row] = await applications.rows('select due_date, due_provisional from application_track where id = $1', [
      review.id,
    ]);
    expect(row).toEqual({ due_date: '2027-02-11', due_provisional: false });
    await look('2027-02-10T00:00', calendar);
    expect((await told(review)).filter(([act]) => act === 'ESCALATE')).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { dueDate, readCalendar, readProfile, type WorkingCalendar } from '../../shared/law/index.js';
import {
  maintenanceDeadlines,
  catalogueTaskDeadlines,
} from '../../subgraphs/governance/catalogue/maintenance/deadlines.js';
import { recalculateDueDates } from '../../subgraphs/governance/reminders/job/recalculate-due-dates.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows } from '../conformance/shows.js';

const ZONE = 'Asia/Shanghai';
const at = (local: string): number => Date.parse(`${local}+08:00`);
let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'yunnan' });
  await governance.rows(`update department set registered_at = '2026-01-01'`);
}, 60_000);
afterAll(() => governance.stop());
beforeEach(() => governance.rows('delete from notice'));

async function look(local: string, profile = 'yunnan', calendar: WorkingCalendar = readCalendar()): Promise<void> {
  const common = { now: at(local), calendar, timeZone: ZONE, pool: governance.pool, store: new RecordStore(ZONE) };
  await recalculateDueDates(common);
  await announceDeadlines({
    ...common,
    profile: readProfile(profile),
    sources: [catalogueTaskDeadlines, maintenanceDeadlines],
  });
  await distributeNotices(governance.pool);
}
const told = async () =>
  (await governance.rows(`select object, department, kind, clauses from notice order by number`)).map(
    ({ object, department, kind }) => `${object} ${department} ${kind}`,
  );
async function openTask(id: string, opened: string, calendar = readCalendar()) {
  const due = dueDate(calendar, { start: at(opened), workingDays: 15, timeZone: ZONE });
  await governance.rows(
    `insert into catalogue_task (id, kind, department, subject, clauses, opened_at, working_days, due, due_at, provisional)
     values ($1, 'LAW_CHANGE', 'tax', 'x', '["YN-9i"]', $2, 15, $3, $4, $5)`,
    [id, new Date(at(opened)), due.date, new Date(due.instant), due.provisional],
  );
  return due;
}

describe('an update of the catalogue after a change of law (YN-9i, CZ-7b)', () => {
  it('is reminded of over Spring Festival, escalated when it is late, and no more told of when it is done', async () => {
    shows('YN-9i');
    const due = await openTask('T-1', '2026-02-02T09:00');
    // Fifteen working days, with the make-up Saturdays 14 and 28 February, without 15 to 23 February.
    expect(due.date).toBe('2026-02-28');
    await openTask('T-2', '2026-02-02T09:00');
    await governance.rows(`update catalogue_task set closed_at = now() where id = 'T-2'`);
    await look('2026-02-27T09:00');
    expect(await told()).toEqual(['task/T-1 tax REMINDER']);
    await look('2026-03-01T00:00');
    await look('2026-03-20T00:00');
    expect((await told()).slice(1)).toEqual(['task/T-1 data-bureau OVERDUE', 'task/T-1 tax OVERDUE']);
    await governance.rows(`update catalogue_task set closed_at = now() where id = 'T-1'`);
  });

  it('whose due date was provisional is told its new one when the calendar is known', async () => {
    await openTask('T-3', '2027-02-01T09:00');
    const known = readCalendar();
    const calendar: WorkingCalendar = {
      exceptions: new Map([...known.exceptions, ['2027-02-08', false], ['2027-02-09', false]]),
      years: new Set([...known.years, 2027, 2028]),
    };
    await look('2027-02-02T09:00', 'chenzhou', calendar);
    expect(await told()).toContain('task/T-3 tax INFORMATION');
    const [task] = await governance.rows(`select due, provisional from catalogue_task where id = 'T-3'`);
    expect(task).toEqual({ due: '2027-02-25', provisional: false });
    await governance.rows(`update catalogue_task set closed_at = now() where id = 'T-3'`);
  });
});

describe('the yearly maintenance of the catalogue (HZ-5.4a, YN-9h)', () => {
  it('is nothing where the law does not ask for it', async () => {
    await look('2026-12-30T09:00', 'chenzhou');
    expect(await told()).toEqual([]);
  });

  it.each([
    ['yunnan', 2026, 'YN-9h'],
    ['hangzhou', 2027, 'HZ-5.4a'],
  ])(
    'is reminded of in %s, in the last month, to who has not confirmed it, and late with the new year',
    async (profile, year, clause) => {
      shows('YN-9h', 'HZ-5.4a');
      await governance.rows(
        `insert into catalogue_maintenance (department, year, confirmed_at) values ('public-security', $1, now())`,
        [year],
      );
      const of = `maintenance/human-resources/${year}`;
      await look(`${year}-11-30T09:00`, profile);
      expect(await told()).toEqual([]);
      await look(`${year}-12-02T09:00`, profile);
      const reminded = await told();
      expect(reminded).toContain(`${of} human-resources REMINDER`);
      expect(reminded.join()).not.toContain('public-security');
      await look(`${year + 1}-01-01T00:00`, profile);
      expect(await told()).toContain(`${of} human-resources OVERDUE`);
      expect(await told()).toContain(`${of} data-bureau OVERDUE`);
      expect(await governance.rows('select distinct clauses from notice where object = $1', [of])).toEqual([
        { clauses: [clause] },
      ]);
    },
  );
});

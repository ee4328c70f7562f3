import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows } from '../conformance/shows.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;

/** Friday before the Spring Festival of 2026 (15 to 23 February, 14 and 28 February worked), morning in China. */
let clock = Date.parse('2026-02-06T02:00:00Z');
/** The hub's clock runs on beyond the tests' own. */
const LATE = Date.parse('2030-01-01T00:00:00Z') / 1000;
let governance: GovernanceUnderTest;
let [administrator, authority, other]: Ask[] = [];

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'yunnan', now: () => clock });
  administrator = governance.as({
    expiresAt: LATE,
    department: 'public-security',
    person: 'zhao.lei',
    roles: ['provider', 'consumer'],
  });
  authority = governance.as({ expiresAt: LATE, department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  other = governance.as({
    expiresAt: LATE,
    department: 'civil-affairs',
    person: 'chen.jing',
    roles: ['provider', 'consumer'],
  });
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const askToReport = (who: Ask | undefined, more: string) =>
  who!(`mutation { reportChange(department: "public-security", subject: "户口登记条例修订", ${more}) {
    task { id due clauses provisional left overdue } refusal { code } } }`);
const report = async (who: Ask | undefined, more = 'kind: LAW_CHANGE') =>
  (await askToReport(who, more)).data.reportChange;
const tasks = async (who: Ask | undefined, more = '') =>
  (await who!(`{ catalogueTasks${more} { nodes { department due age left overdue } } }`)).data.catalogueTasks.nodes;
const confirm = async (who: Ask | undefined) =>
  (
    await who!(
      'mutation { confirmMaintenance(note: "已逐条核对") { maintenance { year due overdue clauses } refusal { code } } }',
    )
  ).data.confirmMaintenance;
const duties = async (who: Ask | undefined, year: number) =>
  (await who!(`{ maintenanceDuties(year: ${year}, first: 100) { nodes { department confirmedBy due overdue } } }`)).data
    .maintenanceDuties.nodes;

describe('a change of law or function', () => {
  it('is not reported for another department, of another kind, or before it came about', async () => {
    expect((await report(other)).refusal.code).toBe('OTHER_DEPARTMENT');
    const { errors } = await askToReport(administrator, 'kind: SCHEMA_CHANGE');
    expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await report(administrator, 'kind: LAW_CHANGE, at: "2026-03-01T00:00:00Z"')).refusal.code).toBe(
      'TASK_MALFORMED',
    );
    expect(await tasks(authority)).toEqual([]);
  });

  it('opens a task that is due after fifteen working days, the Spring Festival and its make-up days counted as they are (YN-9i)', async () => {
    shows('YN-9i');
    const { task } = await report(administrator);
    expect(task).toMatchObject({ due: '2026-03-05', clauses: ['YN-9i'], provisional: false, left: 15, overdue: false });
    const [act] = await governance.rows('select code, line from evidence.record where object = $1', [
      `task/${task.id}`,
    ]);
    expect(act).toMatchObject({ code: 'REPORT_CHANGE', line: expect.stringContaining('YN-9i') });
  });

  it('is listed with age and days left, to its department and the authority alone, and is overdue when its day is over', async () => {
    expect(await tasks(other)).toEqual([]);
    clock = Date.parse('2026-03-05T15:59:59Z');
    expect(await tasks(administrator)).toEqual([
      { department: 'public-security', due: '2026-03-05', age: 15, left: 0, overdue: false },
    ]);
    expect(await tasks(authority, '(overdue: true)')).toEqual([]);
    clock = Date.parse('2026-03-05T16:00:00Z');
    expect(await tasks(authority, '(overdue: true)')).toEqual([
      { department: 'public-security', due: '2026-03-05', age: 16, left: -1, overdue: true },
    ]);
    clock = Date.parse('2026-03-09T02:00:00Z');
    expect((await tasks(administrator))[0]).toMatchObject({ left: -2, overdue: true });
  });
});

describe('the yearly maintenance (YN-9h)', () => {
  it('is not confirmed while a task is overdue', async () => {
    expect((await confirm(administrator)).refusal.code).toBe('TASKS_OVERDUE');
    await governance.rows('update catalogue_task set closed_at = now()');
  });

  it('is confirmed by each department for itself, once a year, and those that have not are overdue when the year is over', async () => {
    shows('YN-9h');
    expect((await confirm(administrator)).maintenance).toEqual({
      year: 2026,
      due: '2026-12-31',
      overdue: false,
      clauses: ['YN-9h'],
    });
    expect(await duties(other, 2026)).toEqual([
      { department: 'civil-affairs', confirmedBy: null, due: '2026-12-31', overdue: false },
    ]);
    clock = Date.parse('2026-12-31T16:00:00Z');
    const all: { department: string; overdue: boolean }[] = await duties(authority, 2026);
    expect(all.find(({ department }) => department === 'public-security')).toMatchObject({
      confirmedBy: 'zhao.lei',
      overdue: false,
    });
    expect(all.filter(({ overdue }) => overdue).length).toBe(all.length - 1);
    expect(await duties(authority, 2025)).toEqual([]);
  });
});

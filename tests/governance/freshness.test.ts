import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/index.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { recomputeFreshness } from '../../subgraphs/governance/freshness/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { DEADLINE_SOURCES } from '../../subgraphs/governance/reminders/job/sources.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

type Ask = ReturnType<GovernanceUnderTest['as']>;

/** A Monday morning in China. */
let clock = Date.parse('2026-03-02T02:00:00Z');
const profile = readProfile('hangzhou');
const calendar = readCalendar();
let governance: GovernanceUnderTest;
let [police, civil, authority, second]: Ask[] = [];

const RESIDENTS = '101001/900001';
const PERMITS = '101001/900002';

beforeAll(async () => {
  governance = await startGovernance(undefined, { profile: 'hangzhou', now: () => clock });
  const provider = (department: string, person: string) =>
    governance.as({ department, person, roles: ['provider', 'consumer'] });
  police = provider('public-security', 'zhao.lei');
  civil = provider('civil-affairs', 'chen.jing');
  authority = governance.as({ department: 'data-bureau', person: 'wang.min', roles: ['authority'] });
  second = governance.as({ department: 'public-security', person: 'zhao.lei', roles: ['authority'] });
  await governance.rows(`update catalogue_resource set state = 'WITHDRAWN'`);
  const entry = (code: string, type: string, cycle: string) =>
    governance.rows(
      `insert into catalogue_resource (id, code, revision, version, state, kind, subgraph, type_name, name, provider, update_cycle,
         openness_basis, legal_basis, related, supplement, process, reviews, published_at, updated_at)
       values ($1 || '@1', $1, 1, 1, 'PUBLISHED', 'DATA', 'files', $2, $2, 'public-security', $3, '[]', '[]', '[]', false, '[]', '[]',
         '2026-01-01', '2026-01-01')`,
      [code, type, cycle],
    );
  await entry(RESIDENTS, 'Person', 'DAILY');
  await governance.rows(
    `insert into catalogue_item (id, resource, code, name, provider, words)
     values ('x1', $1 || '@1', $1, 'person', 'public-security', $2)`,
    [RESIDENTS, "'person':1A"],
  );
  await entry(PERMITS, 'Permit', 'QUARTERLY');
}, 60_000);
afterAll(() => governance.stop(), 60_000);

const judge = () => recomputeFreshness(governance.pool, { profile, calendar, now: clock });
const list = async (who: Ask | undefined, more = '') =>
  (
    await who!(
      `{ resourceFreshness${more} { nodes { code state evidence due left lagSeconds clauses flags { code clauses } } } }`,
    )
  ).data.resourceFreshness.nodes;
const report = async (who: Ask | undefined, more: string) =>
  (
    await who!(
      `mutation { reportUpdate(${more}) { freshness { state evidence due lastUpdate } refusal { code clause } } }`,
    )
  ).data.reportUpdate;
const exception = async (who: Ask | undefined, call: string) => {
  const { data } = await who!(`mutation { result: ${call} { exception { id state clauses } refusal { code } } }`);
  return data.result;
};
const announce = async () => {
  const store = new RecordStore('Asia/Shanghai');
  const clocks = { now: clock, calendar, timeZone: 'Asia/Shanghai' };
  await judge();
  await announceDeadlines({ ...clocks, pool: governance.pool, store, profile, sources: DEADLINE_SOURCES });
  await distributeNotices(governance.pool);
  return governance.rows(`select department, kind, text, posts from notice where object = $1 order by number`, [
    `freshness/${RESIDENTS}`,
  ]);
};

describe('a resource of which nobody has told', () => {
  it('is unknown, never fresh, and its faults are named by clause', async () => {
    shows('HZ-3.1c', 'HZ-6.1c', 'CZ-5.3d', 'CZ-9.1e');
    expect(await judge()).toBe(2);
    expect(await list(civil)).toMatchObject([
      { code: RESIDENTS, state: 'UNKNOWN', evidence: null, due: null, flags: [] },
      { code: PERMITS, state: 'UNKNOWN', flags: [{ code: 'WINDOW_NOT_APPROVED', clauses: ['HZ-7.4d'] }] },
    ]);
    expect(await list(civil, '(state: FRESH)')).toEqual([]);
    expect(await list(civil, '(state: UNKNOWN, flagged: true)')).toMatchObject([{ code: PERMITS }]);
    expect(await judge()).toBe(0);
  });
});

describe('an update that is reported', () => {
  it('is refused of another’s resource, of none, and before it has been made', async () => {
    expect((await report(civil, `code: "${RESIDENTS}"`)).refusal).toMatchObject({ code: 'OTHER_DEPARTMENT' });
    expect((await report(police, 'code: "9/9"')).refusal.code).toBe('RESOURCE_UNKNOWN');
    const { refusal } = await report(police, `code: "${RESIDENTS}", at: "2026-03-03T00:00:00Z"`);
    expect(refusal.code).toBe('UPDATE_MALFORMED');
    const { errors } = await authority!(`mutation { reportUpdate(code: "${RESIDENTS}") { refusal { code } } }`);
    expect(errors).toHaveLength(1);
  });

  it('counts at once, and not again with an earlier time', async () => {
    shows('HZ-7.4a');
    const { freshness } = await report(police, `code: "${RESIDENTS}", note: "每日批量"`);
    expect(freshness).toEqual({
      ...{ state: 'FRESH', evidence: 'PUSHED', due: '2026-03-05', lastUpdate: '2026-03-02T02:00:00.000Z' },
    });
    const earlier = await report(police, `code: "${RESIDENTS}", at: "2026-03-01T00:00:00Z"`);
    expect(earlier.refusal.code).toBe('UPDATE_MALFORMED');
    const [act] = await governance.rows('select code from evidence.record where object = $1', [
      `freshness/${RESIDENTS}`,
    ]);
    expect(act?.code).toBe('REPORT_UPDATE');
  });

  it('of data that is only generated makes two working days count from then (HZ-7.4c)', async () => {
    shows('HZ-7.4c');
    clock = Date.parse('2026-03-02T03:00:00Z');
    const { freshness } = await report(police, `code: "${RESIDENTS}", kind: GENERATED`);
    expect(freshness).toMatchObject({ state: 'FRESH', due: '2026-03-04' });
  });
});

describe('a resource that is late', () => {
  it('is late when its day is over, and shown so to everybody with its clause', async () => {
    clock = Date.parse('2026-03-04T15:59:59Z');
    await judge();
    expect(await list(civil, '(state: LATE)')).toEqual([]);
    clock = Date.parse('2026-03-04T16:00:00Z');
    expect(await list(civil, '(state: LATE)')).toMatchObject([
      { code: RESIDENTS, state: 'LATE', due: '2026-03-04', left: -1, clauses: ['HZ-7.4c'] },
    ]);
    const { data } = await authority!('{ freshnessFigures { department resources fresh late unknown flagged } }');
    expect(data.freshnessFigures).toEqual([
      { department: 'public-security', resources: 2, fresh: 0, late: 1, unknown: 1, flagged: 1 },
    ]);
    const find = (state: string) =>
      civil!(`{ searchCatalogue(text: "person", freshness: ${state}) { nodes { resource { code } } } }`);
    expect((await find('FRESH')).data.searchCatalogue.nodes).toEqual([]);
    expect((await find('LATE')).data.searchCatalogue.nodes).toEqual([{ resource: { code: RESIDENTS } }]);
    const entry = await civil!(`{ catalogueResource(id: "${RESIDENTS}") { freshness { state due } } }`);
    expect(entry.data.catalogueResource.freshness).toEqual({ state: 'LATE', due: '2026-03-04' });
  });

  it('is told to the provider’s data administrator first, and to the authority a working day later', async () => {
    expect(await announce()).toMatchObject([
      {
        ...{
          department: 'public-security',
          kind: 'REMINDER',
          text: expect.stringContaining('2026-03-05前(含当日)更新'),
        },
        posts: expect.arrayContaining(['DATA_ADMINISTRATOR']),
      },
    ]);
    clock = Date.parse('2026-03-05T16:00:00Z');
    const late = (await announce()).filter(({ kind }) => kind === 'OVERDUE');
    expect(late.map(({ department }) => department).sort()).toEqual(['data-bureau', 'public-security']);
    expect(late.map(({ text }) => text).join()).toContain('HZ-7.4c');
    expect((await announce()).filter(({ kind }) => kind === 'OVERDUE')).toHaveLength(2);
  });

  it('is fresh again with a load that the hub carried out', async () => {
    await governance.rows(
      `insert into load (id, subgraph, type, department, key, sha256, bytes, file_name, format, mode, most_rejected, state,
         announced_at, announced_by, system, ended_at, outcome)
       values ('L-900001', 'files', 'Person', 'public-security', 'k', repeat('0', 64), 1, 'a.csv', 'CSV', 'UPSERT', 0, 'LOADED',
         $1, 'zhao.lei', 'a-system', $1, '{}')`,
      ['2026-03-05T15:00:00Z'],
    );
    await judge();
    expect(await list(police, `(code: "${RESIDENTS}")`)).toMatchObject([
      { state: 'FRESH', evidence: 'SEEN', due: '2026-03-10' },
    ]);
  });

  it('tells the lag of a pull whose source says when it changed', async () => {
    showsPartOf('QZ-4.3b');
    await governance.rows(
      `insert into pull (id, subgraph, type, department, source, every, definition, next_at, checked_at, loaded_at, watermark)
       values ('files.Person', 'files', 'Person', 'public-security', 'gate', 'DAILY', '', now(), $1, $1, $2)`,
      ['2026-03-05T15:10:00Z', Date.parse('2026-03-05T15:00:00Z')],
    );
    await judge();
    expect(await list(police, `(code: "${RESIDENTS}")`)).toMatchObject([{ lagSeconds: 600 }]);
  });
});

describe('a quarterly window', () => {
  const propose = `proposeUpdateException(code: "${PERMITS}", kind: WINDOW, reason: "按季度统计")`;

  it('is proposed by its provider alone, by a person, and not twice', async () => {
    expect((await exception(civil, propose)).refusal.code).toBe('OTHER_DEPARTMENT');
    const interval = `proposeUpdateException(code: "${PERMITS}", kind: INTERVAL, cycle: MONTHLY, reason: "按月")`;
    expect((await exception(police, interval)).refusal.code).toBe('EXCEPTION_UNFIT');
    const system = governance.as({ department: 'public-security', roles: ['provider'] });
    expect((await system(`mutation { ${propose} { refusal { code } } }`)).errors).toHaveLength(1);
    const { exception: proposed } = await exception(police, propose);
    expect(proposed).toMatchObject({ state: 'PROPOSED', clauses: ['HZ-7.4d'] });
    expect((await exception(police, propose)).refusal.code).toBe('EXCEPTION_KNOWN');
  });

  it('holds only with the approval of another person, the authority’s', async () => {
    shows('HZ-7.4d');
    const decide = 'decideUpdateException(id: "UE-000001", approve: true, reason: "同意")';
    expect((await exception(second, decide)).refusal.code).toBe('SAME_PERSON');
    await judge();
    expect(await list(police, `(code: "${PERMITS}")`)).toMatchObject([{ flags: [{ code: 'WINDOW_NOT_APPROVED' }] }]);
    await distributeNotices(governance.pool);
    const [task] = await governance.rows(
      `select department, kind from notice where object = 'update-exception/UE-000001' and kind = 'TASK'`,
    );
    expect(task).toEqual({ department: 'data-bureau', kind: 'TASK' });
    expect((await exception(authority, decide)).exception).toMatchObject({ state: 'IN_FORCE' });
    expect((await exception(authority, decide)).refusal.code).toBe('FINAL');
    expect(await list(police, `(code: "${PERMITS}")`)).toMatchObject([{ flags: [], state: 'UNKNOWN' }]);
  });

  it('that is missed is late', async () => {
    await report(police, `code: "${PERMITS}", at: "2026-03-05T00:00:00Z"`);
    clock = Date.parse('2026-04-10T16:00:00Z');
    expect(await list(police, `(code: "${PERMITS}")`)).toMatchObject([
      { state: 'LATE', due: '2026-04-10', clauses: ['HZ-7.4d'] },
    ]);
  });

  it('is ended by its provider, and the fault is there again', async () => {
    expect((await exception(civil, 'endUpdateException(id: "UE-000001", reason: "改为实时")')).refusal.code).toBe(
      'OTHER_DEPARTMENT',
    );
    await exception(police, 'endUpdateException(id: "UE-000001", reason: "改为实时")');
    expect(await list(police, `(code: "${PERMITS}", flagged: true)`)).toMatchObject([
      { flags: [{ code: 'WINDOW_NOT_APPROVED' }] },
    ]);
  });
});

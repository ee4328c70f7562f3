import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { type CheckVersion, checkVersions, promiseDeadlines } from '../../subgraphs/governance/registry/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { linked } from '../hostile/support/doors.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const STORE = new RecordStore('Asia/Shanghai');
const ORIGIN = 'https://stations.example';
const SDL = linked('type Query { station: Int @share(type: UNCONDITIONAL) }');
const OPERATION = 'ab'.repeat(32);
/** What the check of the graph found; tests put it here. */
let found: Awaited<ReturnType<CheckVersion>> = [];
let governance: GovernanceUnderTest;
let positions = 1_000_000;

beforeAll(async () => {
  governance = await startGovernance(undefined, {
    registry: { origins: new Set([ORIGIN]), readListed: async () => [] },
  });
  await governance.rows(`insert into subgraph_publisher (id, subgraph, department, given_at)
    values ('P-900002', 'stations', 'public-security', now())`);
}, 60_000);
afterAll(() => governance.stop(), 60_000);
beforeEach(async () => {
  await governance.rows('delete from subgraph_version');
  await governance.rows('truncate evidence.daily, evidence.item_use, evidence.item_set, evidence.graph_item cascade');
});

/** Records requests of a department for one item, some days ago. */
async function recordUse(set: number, item: string, provider: string, department: string, daysAgo: number) {
  await governance.rows(
    `insert into evidence.item_set (id, digest) overriding system value values (${set}, 'd${set}')`,
  );
  for (const part of ['released', 'masked'])
    await governance.rows(`insert into evidence.item_use values (${set}, $1, $2, null, $3, 'R')`, [
      item,
      part,
      provider,
    ]);
  await governance.rows(
    `insert into evidence.daily values (current_date - ${daysAgo}, $1, 'arrears', ${set}, 'QUERY', 'answered', 7, 7, 7)`,
    [department],
  );
  const month = (
    await governance.rows(`select date_trunc('month', now() - interval '${daysAgo} days')::date::text as m`)
  )[0]!;
  await governance.rows('select evidence.open_month($1::date)', [month['m']]);
  await governance.rows(
    `insert into evidence.record (month, position, writer, seq, at, kind, department, items, line)
     values ($1::date, ${++positions}, 'w', ${positions}, now() - interval '${daysAgo} days', 'access', $2, ${set}, $3)`,
    [month['m'], department, `{"kind":"access","operation":"${OPERATION}","operationName":"A"}`],
  );
}
const inGraph = (item: string, provider: string) =>
  governance.rows(`insert into evidence.graph_item values ('g', $1, $2, 'R', 'UNCONDITIONAL')`, [item, provider]);

const as = (person: string, roles: string[], department = 'public-security') =>
  governance.as({ system: 'a-system', department, person, roles } as never);
const ask = async (person: string, text: string, roles = ['provider'], department?: string): Promise<Loose> => {
  const { data, errors } = await as(person, roles, department)(text);
  expect(errors).toEqual([]);
  return Object.values(data)[0];
};
async function check(sdl = SDL): Promise<Loose> {
  const submit = `mutation { submitSubgraph(subgraph: "stations", sdl: ${JSON.stringify(sdl)}, url: "${ORIGIN}/g", note: "x") {
    version { id } refusal { code message } } }`;
  const { version } = await ask('zhao.lei', submit);
  await checkVersions({ pool: governance.pool, store: STORE, now: Date.now(), check: async () => found });
  return ask(
    'zhao.lei',
    `{ subgraphVersionOf(id: "${version.id}") { id found {
      code usage usesSince operations uses { department scenario requests lastUse } } } }`,
  );
}
const breaking = (coordinate: string) => ({
  ...{ code: 'ITEM_REMOVED', severity: 'BREAKING' as const, coordinate, message: `${coordinate} is gone.` },
});
const publish = (id: string, person: string, roles: string[], department?: string) =>
  ask(person, `mutation { publishVersion(id: "${id}") { refusal { code details } } }`, roles, department);

it('knows nothing of an item of which nothing was recorded, and does not call it unused', async () => {
  found = [breaking('Station.phone')];
  expect((await check()).found).toEqual([
    { code: 'ITEM_REMOVED', usage: 'UNKNOWN', usesSince: null, operations: [], uses: [] },
  ]);
  await inGraph('Station.phone', 'public-security');
  expect((await check()).found[0].usage).toBe('UNKNOWN');
});

it('says who used what breaks, how often, when last and by which operations; others need the authority for it', async () => {
  await inGraph('Station.phone', 'public-security');
  await recordUse(1, 'Station.phone', 'public-security', 'tax', 3);
  await recordUse(2, 'Station.phone', 'public-security', 'health', 40);
  await recordUse(3, 'Station.phone', 'public-security', 'public-security', 1);
  found = [breaking('Station.phone'), { ...breaking('Station.city'), code: 'ITEM_ADDED', severity: 'NOTE' }];
  const { id, found: told } = await check();
  expect(told).toEqual([
    {
      ...{
        code: 'ITEM_REMOVED',
        usage: 'USED',
        operations: [OPERATION],
        usesSince: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
      uses: [
        { department: 'tax', scenario: 'arrears', requests: 7, lastUse: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      ],
    },
    { code: 'ITEM_ADDED', usage: 'UNKNOWN', usesSince: null, operations: [], uses: [] },
  ]);
  expect((await publish(id, 'public-security.head', ['provider'])).refusal).toMatchObject({
    code: 'NOT_ENTITLED',
    details: [expect.stringMatching(/ITEM_REMOVED: .*Used by tax\/arrears on \d{4}/)],
  });
  expect((await publish(id, 'wang.min', ['authority'], 'data-bureau')).refusal).toBeNull();
  const acts = await governance.rows(
    `select code from evidence.record where object = $1 and 'tax' = any(concerns) order by position`,
    [`subgraph-version/${id}`],
  );
  expect(acts.map(({ code }) => code)).toEqual(['CHECK_VERSION', 'PUBLISH_VERSION']);
});

it('tells nobody who uses the items of another department', async () => {
  await inGraph('Taxpayer.arrears', 'tax');
  await recordUse(1, 'Taxpayer.arrears', 'tax', 'health', 3);
  found = [breaking('Taxpayer.arrears')];
  expect((await check()).found[0]).toMatchObject({ usage: 'UNKNOWN', uses: [], operations: [] });
});

it('is unused where the item was there and nobody asked for it', async () => {
  await inGraph('Station.phone', 'public-security');
  await recordUse(1, 'Station.city', 'public-security', 'tax', 3);
  found = [breaking('Station.phone')];
  const { id, found: told } = await check();
  expect(told[0]).toMatchObject({ usage: 'UNUSED', uses: [] });
  expect((await publish(id, 'public-security.head', ['provider'])).refusal).toBeNull();
});

it('needs the authority for an end before the promised day, although nobody used the item', async () => {
  await inGraph('Station.phone', 'public-security');
  await recordUse(1, 'Station.city', 'public-security', 'tax', 3);
  found = [{ ...breaking('Station.phone'), code: 'REMOVED_EARLY' }];
  const { id, found: told } = await check();
  expect(told[0]).toMatchObject({ usage: 'UNUSED', uses: [] });
  expect((await publish(id, 'public-security.head', ['provider'])).refusal).toMatchObject({
    code: 'NOT_ENTITLED',
    details: [expect.stringContaining('REMOVED_EARLY')],
  });
  expect((await publish(id, 'wang.min', ['authority'], 'data-bureau')).refusal).toBeNull();
});

it('tells departments with live grants of the end at its publication, and once more before the day', async () => {
  const DAY_MS = 86_400_000;
  const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  await governance.rows(
    `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis)
     values ('R-9', 'tax', 'arrears-recovery', 'QUERY', '["Station.phone"]', now(), now() + '1 year', 'x', '[]'),
            ('R-8', 'housing', 'public-rental-review', 'QUERY', '["Station.city"]', now(), now() + '1 year', 'x', '[]')`,
  );
  const sdl = linked(`type Query { station: Station @share(type: UNCONDITIONAL) }
    type Station { city: String phone: String @deprecated(reason: "${day(0)} 起弃用，${day(60)} 后停用") }`);
  const code = 'ITEM_DEPRECATED';
  found = [{ code, severity: 'NOTE', coordinate: 'Station.phone', message: 'x' }];
  const { id } = await check(sdl);
  expect((await publish(id, 'public-security.head', ['provider'])).refusal).toBeNull();
  const announce = async (days: number) => {
    await announceDeadlines({
      ...{ pool: governance.pool, store: STORE, sources: [promiseDeadlines], now: Date.now() + days * DAY_MS },
      ...{ calendar: readCalendar(), timeZone: 'Asia/Shanghai', profile: readProfile('quanzhou') },
    });
    await distributeNotices(governance.pool);
    const notices = await governance.rows(
      `select act, department, text from notice where object = $1 and act <> 'SUBMIT_VERSION' order by number`,
      [`subgraph-version/${id}`],
    );
    return notices.filter(({ department }) => department !== 'public-security');
  };
  expect((await announce(40)).map(({ act, department }) => [act, department])).toEqual([
    ['CHECK_VERSION', 'tax'],
    ['PUBLISH_VERSION', 'tax'],
  ]);
  await announce(50);
  const told = await announce(55);
  expect(told.map(({ act, department }) => [act, department]).slice(2)).toEqual([['REMIND', 'tax']]);
  expect(told.at(-1)!['text']).toMatch(new RegExp(`Station.phone提供至${day(60)}`));
});

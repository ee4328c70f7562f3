import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { readConfig } from '../../shared/config/config.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readSnapshot } from '../../shared/read-model/read-snapshot.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { type CheckVersion, checkVersions, keyDeadlines } from '../../subgraphs/governance/registry/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { linked } from '../hostile/support/doors.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const STORE = new RecordStore('Asia/Shanghai');
const HOUR = 3_600_000;
let now = Date.now();
const ORIGIN = 'https://stations.example';
let folder: string;
let governance: GovernanceUnderTest;
let check: CheckVersion;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const list = join(folder, 'supergraph.yaml');
  await writeFile(
    list,
    stringify({ subgraphs: { tax: { routing_url: 'http://127.0.0.1/tax', schema: { sdl: TAX } } } }),
  );
  const settings = { DATA_DIR: folder, SUPERGRAPH_CONFIG: list, SUBGRAPH_HOSTS: 'stations.example' };
  check = await versionChecker(readConfig(settings), new Map());
  governance = await startGovernance(undefined, {
    registry: { origins: new Set([ORIGIN]), readListed: async () => ['tax'], ownSubgraphs: new Set(['tax']) },
    now: () => now,
  });
  await governance.rows(
    `insert into subgraph_publisher (id, subgraph, department, given_at) values
       ('P-900001', 'tax', 'tax', now()), ('P-900002', 'stations', 'public-security', now()),
       ('P-900003', 'Tax', 'public-security', now()), ('P-900004', 'shelters', 'civil-affairs', now())`,
  );
}, 60_000);
afterAll(async () => {
  await governance.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const TAX = linked(`type Query { taxpayer(number: ID!): Taxpayer @share(type: UNCONDITIONAL) }
  type Taxpayer @key(fields: "number") @resource(code: "T", name: "Taxpayers", provider: "tax") {
    number: ID! @subject(kind: ORGANISATION) @share(type: UNCONDITIONAL)
    "欠税" arrears: Int @share(type: CONDITIONAL, condition: "x") }`);
const stations = (fields: string, query = '') =>
  linked(`type Query { station(number: ID!${query}): Station @share(type: UNCONDITIONAL) }
    type Station @key(fields: "number") @resource(code: "S", name: "Stations", provider: "public-security") {
      number: ID! @share(type: UNCONDITIONAL) ${fields} }`);
const PHONE = '"值班电话" phone: String @share(type: CONDITIONAL, condition: "x")';
const FIRST = stations(PHONE);

const PEOPLE = {
  clerk: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  stranger: { department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] },
  authority: { department: 'data-bureau', person: 'wang.min', roles: ['authority'] },
  operator: { department: 'data-bureau', person: 'operator', roles: ['operator'] },
} as const;
type Who = keyof typeof PEOPLE;
const RESULT =
  'version { id number state kind found { code severity coordinate grants scenarios } } refusal { code message details }';
async function ask(who: Who, text: string, variables: object = {}): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, {
    variables: variables,
  });
  if (errors.length > 0) throw new Error(errors.map(({ extensions }) => extensions.code).join());
  return Object.values(data)[0];
}
const submit = (sdl: string, more: object = {}, who: Who = 'clerk') =>
  ask(
    who,
    `mutation ($subgraph: String!, $sdl: String!, $url: String!, $note: String!) {
      submitSubgraph(subgraph: $subgraph, sdl: $sdl, url: $url, note: $note) { ${RESULT} } }`,
    { subgraph: 'stations', url: `${ORIGIN}/graphql`, note: '新增', ...{ sdl }, ...more },
  );
const publish = (id: string, who: Who = 'head') => ask(who, `mutation { publishVersion(id: "${id}") { ${RESULT} } }`);
const rollback = (number: number, who: Who = 'clerk') =>
  ask(who, `mutation { rollbackSubgraph(subgraph: "stations", number: ${number}, reason: "有误") { ${RESULT} } }`);
const retire = (who: Who = 'clerk') =>
  ask(who, `mutation { retireSubgraph(subgraph: "stations", reason: "停办") { ${RESULT} } }`);
const read = (id: string): Promise<Loose> =>
  ask('clerk', `{ subgraphVersionOf(id: "${id}") { state found { code severity coordinate grants scenarios } } }`);
/** Checks what waits, and tells what came of a version. */
async function checked(id: string): Promise<Loose> {
  while ((await checkVersions({ pool: governance.pool, store: STORE, now: Date.now(), check })) !== undefined);
  return read(id);
}
const codes = ({ found }: Loose): string[] => found.map(({ code }: Loose) => code);
const served = async () => {
  const { subgraphs = [] } = await readSnapshot((sql, values) => governance.rows(sql, values as unknown[]));
  return subgraphs.map(({ id, previous }) => [id, previous?.id]);
};
/** Publishes a version as two persons. */
async function bring(sdl: string, publisher: Who = 'head'): Promise<Loose> {
  const { version } = await submit(sdl);
  expect(await checked(version.id)).toMatchObject({ state: 'CHECKED' });
  const { version: published, refusal } = await publish(version.id, publisher);
  expect(refusal).toBeNull();
  return published;
}
beforeEach(() =>
  governance
    .rows(`delete from share_grant where id like 'R-%'`)
    .then(() => governance.rows('delete from subgraph_version')),
);

describe('a version is not stored', () => {
  it.each<[string, string, object, Who, string]>([
    ["for another department's subgraph", FIRST, {}, 'stranger', 'PERMIT_UNKNOWN'],
    ['for a subgraph that nobody may publish', FIRST, { subgraph: 'weather' }, 'clerk', 'PERMIT_UNKNOWN'],
    [
      "for a name that reads as the list's in the composed graph",
      FIRST,
      { subgraph: 'Tax' },
      'clerk',
      'NAME_LOOKS_ALIKE',
    ],
    [
      'that would run at an address of another scheme',
      FIRST,
      { url: 'file:///etc/passwd' },
      'clerk',
      'VERSION_MALFORMED',
    ],
    ['with a password in its address', FIRST, { url: 'https://u:p@stations.example/' }, 'clerk', 'VERSION_MALFORMED'],
    [
      'that would run inside, where nobody has listed a host',
      FIRST,
      { url: 'http://169.254.169.254/' },
      'clerk',
      'HOST_NOT_LISTED',
    ],
    ['that would run at another port', FIRST, { url: 'https://stations.example:5432/' }, 'clerk', 'HOST_NOT_LISTED'],
    ['that is no schema', 'type Query {', {}, 'clerk', 'SDL_MALFORMED'],
    ['that is a query', '{ station }', {}, 'clerk', 'SDL_MALFORMED'],
    [
      'that nests without end',
      `type Query { a: ${'['.repeat(60_000)}Int${']'.repeat(60_000)} }`,
      {},
      'clerk',
      'SDL_MALFORMED',
    ],
    ['that is too large', `# ${'x'.repeat(500_000)}\n${FIRST}`, {}, 'clerk', 'SDL_MALFORMED'],
    ['without a word on what it is for', FIRST, { note: ' ' }, 'clerk', 'VERSION_MALFORMED'],
  ])('%s', async (_what, sdl, more, who, code) => {
    expect(await submit(sdl, more, who)).toMatchObject({ version: null, refusal: { code } });
  });

  it("for a subgraph of the operator's own list", async () => {
    await governance.rows(`insert into subgraph_publisher (id, subgraph, department, given_at)
      values ('P-900009', 'tax', 'public-security', now())`);
    expect((await submit(FIRST, { subgraph: 'tax' })).refusal.code).toBe('SUBGRAPH_PINNED');
  });

  it('of a head or a system: the data administrator submits it', async () => {
    await expect(submit(FIRST, {}, 'head')).rejects.toThrow('OPERATION_DENIED');
    await expect(submit(FIRST, {}, 'authority')).rejects.toThrow('OPERATION_DENIED');
  });
});

describe('a check refuses a version', () => {
  it.each([
    [
      'that takes over an item of another department',
      linked(`type Query { a: Int @share(type: UNCONDITIONAL) }
      type Taxpayer @key(fields: "number") { number: ID! @external arrears: Int @share(type: UNCONDITIONAL) @override(from: "tax") }`),
    ],
    ['that says it is of another department', stations(PHONE).replace('"public-security"', '"tax"')],
    ['with an item that has no share type', stations('phone: String')],
    ['that does not compose', stations('phone: Nowhere @share(type: UNCONDITIONAL)')],
    [
      'that asks for what another department has not consented to',
      stations(`${PHONE} } type Taxpayer @key(fields: "number") {
      number: ID! @external arrears: Int @external
      grade: String @requires(fields: "arrears") @share(type: CONDITIONAL, condition: "x")`),
    ],
  ])('%s, and nobody can publish it', async (_what, sdl) => {
    const { version } = await submit(sdl);
    const { state, found } = await checked(version.id);
    expect([state, found.some(({ severity }: Loose) => severity === 'ERROR')]).toEqual(['REFUSED', true]);
    expect((await publish(version.id, 'authority')).refusal.code).toBe('STATE_UNFIT');
    expect(await served()).toEqual([]);
  });

  it('that has ended the process that checked it, in place of trying for ever', async () => {
    const { version } = await submit(FIRST);
    await governance.rows('update subgraph_version set attempts = 3 where id = $1', [version.id]);
    expect(await checked(version.id)).toMatchObject({ state: 'REFUSED', found: [{ code: 'CHECK_FAILED' }] });
  });

  it('but not while it cannot be checked: it waits, and is checked later', async () => {
    const { version } = await submit(FIRST);
    const down = () => Promise.reject(new Error('a subgraph is down'));
    for (let n = 0; n < 5; n++)
      await expect(
        checkVersions({ pool: governance.pool, store: STORE, now: Date.now(), check: down }),
      ).rejects.toThrow('down');
    expect(await read(version.id)).toMatchObject({ state: 'PENDING' });
    expect(await checked(version.id)).toMatchObject({ state: 'CHECKED' });
  });
});

describe('a version is published', () => {
  it('by another person of the department, when it is checked, on the record', async () => {
    const { version } = await submit(FIRST);
    expect((await publish(version.id)).refusal.code).toBe('STATE_UNFIT');
    expect(codes(await checked(version.id))).toContain('ITEM_ADDED');
    expect((await publish(version.id, 'clerk')).refusal.code).toBe('SAME_PERSON');
    expect((await publish(version.id, 'stranger')).refusal.code).toBe('VERSION_UNKNOWN');
    expect(await served()).toEqual([]);
    expect((await publish(version.id)).version.state).toBe('PUBLISHED');
    expect(await served()).toEqual([[version.id, undefined]]);
    const acts = await governance.rows('select code, person from evidence.record where object = $1 order by position', [
      `subgraph-version/${version.id}`,
    ]);
    expect(acts).toEqual([
      { code: 'SUBMIT_VERSION', person: 'zhao.lei' },
      { code: 'CHECK_VERSION', person: null },
      { code: 'PUBLISH_VERSION', person: 'public-security.head' },
    ]);
  });

  it('and no text of it changes afterwards', async () => {
    const { id } = await bring(FIRST);
    await expect(
      governance.rows(`update subgraph_version set sdl = 'type Query { a: Int }' where id = $1`, [id]),
    ).rejects.toThrow('never changed');
  });

  it('is shown to the own department and the authority alone', async () => {
    const { id } = await bring(FIRST);
    const list = async (who: Who) => (await ask(who, '{ subgraphVersions { nodes { id } } }')).nodes;
    expect([await list('stranger'), await list('head'), await list('authority')]).toEqual([[], [{ id }], [{ id }]]);
  });

  it('not beside another one than it was checked with: it is checked again first', async () => {
    const { version } = await submit(FIRST);
    await checked(version.id);
    const other = linked(`type Query { shelters: Int @share(type: UNCONDITIONAL, provider: "civil-affairs") }`);
    const shelters = (await submit(other, { subgraph: 'shelters' }, 'stranger')).version;
    await checked(shelters.id);
    expect((await publish(shelters.id, 'authority')).refusal).toBeNull();
    expect((await publish(version.id)).refusal.code).toBe('STALE_VERSION');
    await checked(version.id);
    expect((await publish(version.id)).refusal).toBeNull();
    expect(await served()).toHaveLength(2);
  });

  it('not after the permit was withdrawn', async () => {
    const { version } = await submit(FIRST);
    await checked(version.id);
    await governance.rows(`update subgraph_publisher set withdrawn_at = now() where id = 'P-900002'`);
    expect((await publish(version.id)).refusal.code).toBe('PERMIT_UNKNOWN');
    await governance.rows(`update subgraph_publisher set withdrawn_at = null where id = 'P-900002'`);
  });
});

describe('a difference to what is published', () => {
  it.each([
    ['removed', stations(''), 'ITEM_REMOVED', 'Station.phone'],
    ['renamed', stations(PHONE.replace('phone', 'telephone')), 'ITEM_RENAMED', 'Station.phone'],
    ['retyped', stations(PHONE.replace('String', 'Int')), 'ITEM_RETYPED', 'Station.phone'],
    [
      'tightened',
      stations('"值班电话" phone: String @share(type: NOT_SHARED, basis: ["Law 1"])'),
      'ITEM_TIGHTENED',
      'Station.phone',
    ],
    ['given another title', stations(PHONE.replace('值班电话', '私人电话')), 'ITEM_REPLACED', 'Station.phone'],
    ['asked with one argument more', stations(PHONE, ', city: ID!'), 'ARGUMENT_REQUIRED', 'Query.station'],
  ])('is found: %s', async (_what, sdl, code, coordinate) => {
    await bring(FIRST);
    const { version } = await submit(sdl);
    const { state, found } = await checked(version.id);
    expect(state).toBe('CHECKED');
    expect(found).toContainEqual({ code, severity: 'BREAKING', coordinate, grants: 0, scenarios: [] });
  });

  it('that shares an item more widely is published by the authority alone', async () => {
    await bring(FIRST);
    const { version } = await submit(stations('"值班电话" phone: String @share(type: UNCONDITIONAL)'));
    expect(codes(await checked(version.id))).toContain('ITEM_LOOSENED');
    expect((await publish(version.id)).refusal).toMatchObject({
      code: 'NOT_ENTITLED',
      details: [expect.stringContaining('ITEM_LOOSENED')],
    });
    expect((await publish(version.id, 'authority')).refusal).toBeNull();
  });

  it('that breaks live grants is too; their holders are told when it is checked, and when it is in force', async () => {
    await bring(FIRST);
    await governance.rows(
      `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis)
       values ('R-1', 'tax', 'arrears-recovery', 'QUERY', '["Station.phone"]', now(), now() + '1 day', 'x', '[]')`,
    );
    const { version } = await submit(stations(''));
    expect((await checked(version.id)).found).toContainEqual({
      ...{ code: 'ITEM_REMOVED', severity: 'BREAKING', coordinate: 'Station.phone' },
      ...{ grants: 1, scenarios: ['tax/arrears-recovery'] },
    });
    expect((await publish(version.id)).refusal.code).toBe('NOT_ENTITLED');
    expect((await publish(version.id, 'authority')).refusal).toBeNull();
    const told = await governance.rows(
      `select code from evidence.record where object = $1 and 'tax' = any(concerns) order by position`,
      [`subgraph-version/${version.id}`],
    );
    expect(told.map(({ code }) => code)).toEqual(['CHECK_VERSION', 'PUBLISH_VERSION']);
  });
});

describe('an earlier version', () => {
  it('comes back by the same rules, and a subgraph ends by them', async () => {
    const first = await bring(FIRST);
    expect((await rollback(first.number)).refusal.code).toBe('STATE_UNFIT');
    expect((await rollback(99)).refusal.code).toBe('VERSION_UNKNOWN');
    const second = await bring(stations(`${PHONE} "地址" address: String @share(type: UNCONDITIONAL)`));
    expect(await served()).toEqual([[second.id, first.id]]);
    const { version } = await rollback(first.number);
    expect(codes(await checked(version.id))).toContain('ITEM_REMOVED');
    expect((await publish(version.id, 'clerk')).refusal.code).toBe('SAME_PERSON');
    expect((await publish(version.id)).version.kind).toBe('ROLLBACK');
    expect(await served()).toEqual([[version.id, second.id]]);

    expect((await retire('stranger')).refusal.code).toBe('PERMIT_UNKNOWN');
    const end = (await retire()).version;
    await checked(end.id);
    expect((await publish(end.id)).version.kind).toBe('RETIREMENT');
    expect(await served()).toEqual([]);
    expect((await retire()).refusal.code).toBe('SUBGRAPH_UNKNOWN');
  });

  it('is told to the gateways when it is checked, as the one that may come next, and what is served stays', async () => {
    const query = (sql: string, values?: readonly unknown[]) => governance.rows(sql, values as unknown[]);
    const first = await bring(FIRST);
    const before = await readSnapshot(query);
    expect(before.upcoming).toBeUndefined();
    const { version } = await submit(
      stations(`${PHONE} "颜色" colour: String @share(type: CONDITIONAL, condition: "x")`),
    );
    expect((await readSnapshot(query, before)).upcoming).toBeUndefined();
    expect((await checked(version.id)).state).toBe('CHECKED');
    const waiting = await readSnapshot(query, before);
    expect(waiting.version).toBeGreaterThan(before.version);
    expect(waiting.subgraphs).toBe(before.subgraphs);
    expect(waiting.upcoming).toMatchObject({ id: version.id, subgraph: 'stations', url: `${ORIGIN}/graphql` });
    expect((await readSnapshot(query, waiting)).upcoming).toBe(waiting.upcoming);
    await publish(version.id);
    const after = await readSnapshot(query, waiting);
    expect(after.upcoming).toBeUndefined();
    expect(after.subgraphs).toMatchObject([{ id: version.id, sdl: waiting.upcoming?.sdl, previous: { id: first.id } }]);
  });

  it('that waits is replaced by a later one, so that one waits for each subgraph', async () => {
    const early = (await submit(FIRST)).version;
    const late = (await submit(stations(''))).version;
    await checked(late.id);
    expect([(await read(early.id)).state, (await read(late.id)).state]).toEqual(['REPLACED', 'CHECKED']);
    expect((await publish(early.id)).refusal.code).toBe('STATE_UNFIT');
  });
});

describe('the key of a subgraph', () => {
  const rotate = (who: Who, more: object = {}) =>
    ask(
      who,
      `mutation ($subgraph: String!, $reason: String!, $overlapHours: Int!) {
        rotateSubgraphKey(subgraph: $subgraph, reason: $reason, overlapHours: $overlapHours) {
          key { id subgraph number overlapEndsAt } refusal { code } } }`,
      { subgraph: 'stations', reason: '例行更换', overlapHours: 48, ...more },
    );
  const held = async () => {
    const { keys } = await readSnapshot((sql, values) => governance.rows(sql, values as unknown[]));
    return keys?.get('stations');
  };
  beforeEach(() => governance.rows('delete from subgraph_key'));

  it.each<[string, Who, object, string]>([
    ["by another department's person", 'stranger', {}, 'PERMIT_UNKNOWN'],
    ['of a subgraph that nobody has', 'operator', { subgraph: 'weather' }, 'SUBGRAPH_UNKNOWN'],
    ['of one that the hub itself serves', 'operator', { subgraph: 'tax' }, 'KEY_NOT_HANDED_OUT'],
    ['without a reason', 'clerk', { reason: ' ' }, 'GROUNDS_MALFORMED'],
    ['with no overlap', 'clerk', { overlapHours: 0 }, 'OVERLAP_WRONG'],
    ['with an overlap that never ends', 'authority', { overlapHours: 90 * 24 + 1 }, 'OVERLAP_WRONG'],
  ])('is not rotated %s', async (_, who, more, code) => {
    expect((await rotate(who, more)).refusal?.code).toBe(code);
    expect(await held()).toBeUndefined();
  });

  it('is rotated by a post holder alone, and never by a system', async () => {
    const system = governance.as({ department: 'public-security', system: 'a-system', roles: ['provider'] });
    const { data } = await system(
      'mutation { rotateSubgraphKey(subgraph: "stations", reason: "x") { refusal { code } } }',
    );
    expect(data?.rotateSubgraphKey ?? null).toBeNull();
  });

  it('holds beside the next one until the overlap is over; the gateways are told of both, and so is the department', async () => {
    const [before] = await governance.rows('select version from read_model');
    const { key } = await rotate('operator');
    expect(key).toMatchObject({
      subgraph: 'stations',
      number: 1,
      overlapEndsAt: new Date(now + 48 * HOUR).toISOString(),
    });
    expect(await held()).toEqual([{ number: 1 }, { number: 0, until: now + 48 * HOUR }]);
    expect((await governance.rows('select version from read_model'))[0]!.version).not.toBe(before!.version);
    const second = (await rotate('clerk', { overlapHours: 24 })).key;
    expect(await held()).toEqual([
      { number: 2 },
      { number: 1, until: now + 24 * HOUR },
      { number: 0, until: now + 48 * HOUR },
    ]);
    // A third key would have three older ones beside it.
    expect((await rotate('clerk')).refusal.code).toBe('ROTATION_RUNNING');

    const announce = async () => {
      await announceDeadlines({
        ...{ pool: governance.pool, store: STORE, sources: [keyDeadlines], now, calendar: readCalendar() },
        ...{ timeZone: 'Asia/Shanghai', profile: readProfile('quanzhou') },
      });
      await distributeNotices(governance.pool);
    };
    const told = async (id: string) =>
      (
        await governance.rows(`select act, department from notice where object = $1 order by number`, [
          `subgraph-key/${id}`,
        ])
      ).map(({ act, department }) => `${act} ${department}`);
    await announce();
    now += 25 * HOUR;
    await announce();
    await announce();
    expect(await told(key.id)).toEqual(['ROTATE_KEY public-security', 'REMIND public-security']);
    expect(await told(second.id)).toEqual(['REMIND public-security', 'EXPIRE_KEY public-security']);
    expect((await rotate('clerk')).key.number).toBe(3);
    now -= 25 * HOUR;
  });

  it('is the business of its own department: others see no rotation', async () => {
    await rotate('clerk', { reason: '密钥泄露' });
    const seenBy = async (who: Who) =>
      (await ask(who, '{ subgraphKeys { nodes { reason } } }')).nodes.map(({ reason }: Loose) => reason);
    expect(await seenBy('stranger')).toEqual([]);
    expect([await seenBy('head'), await seenBy('authority')]).toEqual([['密钥泄露'], ['密钥泄露']]);
  });
});

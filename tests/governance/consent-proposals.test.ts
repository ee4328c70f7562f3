import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import pino from 'pino';
import { readConfig } from '../../shared/config/config.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { readSnapshot, type SnapshotQuery } from '../../shared/read-model/read-snapshot.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { consentDeadlines, syncProposals } from '../../subgraphs/governance/grant/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { linked } from '../hostile/support/doors.js';
import { proposeConsents } from '../../worker/propose-consents.js';
import { waitUntil } from './support/wait-until.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';

const DAY = 86_400_000;
const ZONE = 'Asia/Shanghai';
const STORE = new RecordStore(ZONE);
let now = Date.parse('2026-12-10T10:00:00+08:00');
let governance: GovernanceUnderTest;
beforeAll(async () => {
  governance = await startGovernance(undefined, { now: () => now });
}, 60_000);
afterAll(() => governance.stop());
const query: SnapshotQuery = (sql, values) => governance.rows(sql, values as unknown[]);

/** Each test has an item of its own, which civil affairs' subgraph computes a field from. */
const owning = (item: string, into = 'Resident.band', share = '@share(type: NOT_SHARED, basis: ["Law 1"])') =>
  `type Query { resident: Resident @share(type: UNCONDITIONAL) }
   type Resident @key(fields: "idNumber") @resource(code: "T", name: "Residents", provider: "public-security") {
     idNumber: ID! @subject(kind: PERSON) @share(type: UNCONDITIONAL)
     ${item}: Int ${share} ${into && `@derivable(into: ["${into}"])`} }`;
const requiring = (item: string, more = '') =>
  `type Resident @key(fields: "idNumber") { idNumber: ID! ${item}: Int @external ${more}
     "等级" band: String @requires(fields: "${item}") @share(type: CONDITIONAL, condition: "x", provider: "civil-affairs") }`;
const DIVISIONS = 'type Query { divisions: Int @share(type: UNCONDITIONAL) }';

const publish = (sdl: Record<string, string>, complete = true): Promise<number> =>
  syncProposals({
    pool: governance.pool,
    store: STORE,
    timeZone: ZONE,
    now,
    complete,
    subgraphs: Object.entries(sdl).map(([name, text]) => readSubgraphShares(name, parse(linked(text)))),
  });
const both = (item: string, into?: string) => ({ population: owning(item, into), 'social-security': requiring(item) });

const CONSENT = 'id state owner receiver receiverSubgraph use coordinate purpose proposingDepartment until';
const PEOPLE = {
  admin: { department: 'public-security', person: 'zhao.lei', roles: ['provider', 'consumer'] },
  head: { department: 'public-security', person: 'public-security.head', roles: ['provider', 'consumer'] },
  asks: { department: 'civil-affairs', person: 'chen.jing', roles: ['provider', 'consumer'] },
} as const;
async function ask(who: keyof typeof PEOPLE, text: string): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}
async function consentsTo(item: string): Promise<Loose[]> {
  const { consents } = await ask('admin', `{ consents(first: 100) { nodes { item ${CONSENT} } } }`);
  return consents.nodes.filter((node: Loose) => node.item === `Resident.${item}`);
}
async function act(who: keyof typeof PEOPLE, mutation: string, id: string, more = ''): Promise<string> {
  const result = (
    await ask(who, `mutation { ${mutation}(id: "${id}"${more}) { consent { state } refusal { code } } }`)
  )[mutation];
  return result.consent?.state ?? result.refusal.code;
}
async function give(item: string): Promise<string> {
  await publish(both(item));
  const [{ id }] = (await consentsTo(item)) as [Loose];
  await act('admin', 'agreeToConsent', id);
  expect(await act('head', 'agreeToConsent', id)).toBe('GIVEN');
  return id;
}
const inForce = async (item: string) =>
  (await readSnapshot(query)).consents.filter((consent) => consent.item === `Resident.${item}`);
async function noticesOf(id: string): Promise<Loose[]> {
  await distributeNotices(governance.pool);
  return governance.rows(
    `select department, kind, act, text, due_on::text, closed_at from notice where object = 'consent/${id}' order by number`,
  );
}

describe('a schema that says @derivable', () => {
  it('proposes what somebody needs, in the owner’s name, and gives nothing by that', async () => {
    expect(await publish(both('income'))).toBe(1);
    expect(await consentsTo('income')).toMatchObject([
      {
        state: 'PROPOSED',
        owner: 'public-security',
        receiver: 'civil-affairs',
        receiverSubgraph: 'social-security',
        use: 'REQUIRES',
        coordinate: 'Resident.band',
        purpose: '计算等级(Resident.band)',
        proposingDepartment: 'public-security',
        until: '2027-12-10T16:00:00.000Z',
      },
    ]);
    expect(await inForce('income')).toEqual([]);
  });

  it('proposes it once, however often it is read, also by two workers at once', async () => {
    await Promise.all([publish(both('rent')), publish(both('rent'))]);
    expect(await publish(both('rent'))).toBe(0);
    expect(await consentsTo('rent')).toHaveLength(1);
  });

  it('proposes nothing that nobody needs, that is open, or that another speaks of than its owner', async () => {
    const proposed = (sdl: Record<string, string>) => publish(sdl, false);
    expect(await proposed({ population: owning('a'), geography: DIVISIONS })).toBe(0);
    expect(await proposed({ population: owning('a', ''), 'social-security': requiring('a') })).toBe(0);
    expect(await proposed(both('a', 'Resident.other'))).toBe(0);
    const open = owning('a', 'Resident.band', '@share(type: UNCONDITIONAL)');
    expect(await proposed({ population: open, 'social-security': requiring('a') })).toBe(0);
    // The receiver itself says that it may have it.
    const helped = requiring('a').replace('@external', '@external @derivable(into: ["Resident.band"])');
    expect(await proposed({ population: owning('a', ''), 'social-security': helped })).toBe(0);
    // Nobody knows the subgraph that wants it, or that claims to own it.
    expect(await proposed({ population: owning('a'), stranger: requiring('a') })).toBe(0);
    expect(await proposed({ stranger: owning('a'), 'social-security': requiring('a') })).toBe(0);
    expect(await consentsTo('a')).toEqual([]);
  });

  it('asks the owner, and tells the receiver; two persons of the owner agree', async () => {
    await publish(both('phone1'));
    const [{ id }] = (await consentsTo('phone1')) as [Loose];
    expect(await noticesOf(id)).toMatchObject([
      { department: 'civil-affairs', kind: 'INFORMATION', act: 'PROPOSE_CONSENT' },
      { department: 'public-security', kind: 'TASK', act: 'PROPOSE_CONSENT', closed_at: null },
    ]);
    expect(await act('asks', 'agreeToConsent', id)).toBe('NOT_ENTITLED');
    expect(await act('admin', 'agreeToConsent', id)).toBe('AGREED_ONCE');
    expect(await act('admin', 'agreeToConsent', id)).toBe('SAME_PERSON');
    expect(await inForce('phone1')).toEqual([]);
    expect(await act('head', 'agreeToConsent', id)).toBe('GIVEN');
    expect(await inForce('phone1')).toMatchObject([{ id, decidedBy: ['zhao.lei', 'public-security.head'] }]);
  });

  it('withdraws its proposal when it says so no more, and the task is closed', async () => {
    await publish(both('debt'));
    const [{ id }] = (await consentsTo('debt')) as [Loose];
    await act('admin', 'agreeToConsent', id);
    await noticesOf(id);
    // It may stand in the schema that could not be read.
    expect(await publish({ 'social-security': requiring('debt') }, false)).toBe(0);
    expect(await publish({ population: owning('debt', ''), 'social-security': requiring('debt') })).toBeGreaterThan(0);
    expect(await consentsTo('debt')).toMatchObject([{ state: 'WITHDRAWN' }]);
    expect(await act('head', 'agreeToConsent', id)).toBe('STATE_UNFIT');
    expect(await inForce('debt')).toEqual([]);
    const told = await noticesOf(id);
    expect(told.filter(({ kind, closed_at }) => kind === 'TASK' && closed_at === null)).toEqual([]);
    expect(told.at(-1)).toMatchObject({ act: 'WITHDRAW_PROPOSAL', kind: 'INFORMATION' });
    // Said again, it is proposed again.
    await publish(both('debt'));
    expect((await consentsTo('debt')).map(({ state }) => state).sort()).toEqual(['PROPOSED', 'WITHDRAWN']);
  });

  it('is followed by the worker, which withdraws nothing for a schema that it cannot read', async () => {
    const schemas = Object.entries(both('vat')).map(([name, sdl]) => ({ name, sdl: linked(sdl) }));
    const settings = readConfig({ SHAREHUB_PROFILE: 'quanzhou' });
    const run = async (read: typeof schemas, complete: boolean, until: () => Promise<boolean>) => {
      let reads = 0;
      const job = proposeConsents(settings, governance.pool, pino({ level: 'silent' }), async () => {
        reads++;
        return { schemas: read, complete };
      });
      await waitUntil(async () => reads > 0 && (await until()));
      await job.stop();
    };
    const states = async () => (await consentsTo('vat')).map(({ state }) => state).join();
    await run(schemas, false, async () => (await states()) === 'PROPOSED');
    await run([{ name: 'population', sdl: 'no { SDL' }, schemas[1]!], true, async () => true);
    expect(await states()).toBe('PROPOSED');
    await run([schemas[1]!], true, async () => (await states()) === 'WITHDRAWN');
  });

  it('does not take back what two persons have given', async () => {
    const id = await give('pension');
    await publish({ population: owning('pension', ''), 'social-security': requiring('pension') });
    expect(await consentsTo('pension')).toMatchObject([{ id, state: 'GIVEN' }]);
  });

  it('does not ask again for what the owner has refused or taken back', async () => {
    await publish(both('tax'));
    const [{ id }] = (await consentsTo('tax')) as [Loose];
    await act('admin', 'refuseConsent', id, ', reason: "无必要"');
    const given = await give('wage');
    await act('admin', 'revokeConsent', given, ', reason: "不再需要"');
    for (const item of ['tax', 'wage']) {
      await publish(both(item));
      expect(await consentsTo(item)).toHaveLength(1);
    }
  });

  it('asks again when nobody decided in time, and when a consent has ended', async () => {
    await publish(both('fees'));
    const given = await give('dues');
    const before = now;
    now += 400 * DAY;
    await publish(both('fees'), false);
    await publish(both('dues'), false);
    expect((await consentsTo('fees')).map(({ state }) => state)).toEqual(['WITHDRAWN', 'PROPOSED']);
    expect(await consentsTo('dues')).toMatchObject([{ id: given, state: 'GIVEN' }, { state: 'PROPOSED' }]);
    now = before;
  });
});

describe('the end of a consent', () => {
  const swept = (at: number) =>
    announceDeadlines({
      pool: governance.pool,
      store: STORE,
      sources: [consentDeadlines],
      now: at,
      calendar: readCalendar(),
      timeZone: ZONE,
      profile: readProfile('quanzhou'),
    });
  const told = async (id: string) =>
    (await noticesOf(id))
      .filter(({ act: of }) => ['REMIND', 'EXPIRE_CONSENT', 'REVOKE_CONSENT'].includes(of))
      .map(({ department, kind, act: of, due_on }) => [of, department, kind, due_on]);

  it('is told to owner and receiver thirty days before, and when it has come, each once', async () => {
    const id = await give('bonus');
    const until = Date.parse('2027-12-11T00:00:00+08:00');
    await swept(until - 31 * DAY);
    expect(await told(id)).toEqual([]);
    for (const at of [until - 30 * DAY, until - 20 * DAY, until - 1]) await swept(at);
    expect(await told(id)).toEqual([
      ['REMIND', 'civil-affairs', 'INFORMATION', '2027-12-10'],
      ['REMIND', 'public-security', 'REMINDER', '2027-12-10'],
    ]);
    for (const at of [until, until + DAY]) await swept(at);
    expect((await told(id)).slice(2)).toEqual([
      ['EXPIRE_CONSENT', 'civil-affairs', 'INFORMATION', '2027-12-10'],
      ['EXPIRE_CONSENT', 'public-security', 'REMINDER', '2027-12-10'],
    ]);
  });

  it('that was taken back is told with that alone; what was never given does not end', async () => {
    const id = await give('gift');
    await act('admin', 'revokeConsent', id, ', reason: "不再需要"');
    await publish(both('loan'));
    const [{ id: proposal }] = (await consentsTo('loan')) as [Loose];
    await swept(Date.parse('2028-01-31T00:00:00+08:00'));
    expect(await told(id)).toEqual([['REVOKE_CONSENT', 'civil-affairs', 'DECISION', null]]);
    expect(await told(proposal)).toEqual([]);
  });
});

import { lookup } from 'node:dns';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { allowedOrigins } from '../../subgraphs/governance/subscriptions/delivery/allowed-origins.js';
import { guardedLookup } from '../../shared/network/guarded-lookup.js';
import { isAllowedTarget } from '../../subgraphs/governance/subscriptions/delivery/guarded-agent.js';
import { Pusher, type PusherOptions } from '../../subgraphs/governance/subscriptions/delivery/pusher.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { streams } from '../../subgraphs/governance/subscriptions/streams.js';
import { EvidenceWriter, GRAPH, useOfBoth, useOfPensions } from './support/evidence-writer.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { startReceiver, usesIn, verifyDelivery, type Receiver } from './support/receiver.js';
import { waitUntil } from './support/wait-until.js';
import { shows } from '../conformance/shows.js';

let governance: GovernanceUnderTest;
let police: ReturnType<GovernanceUnderTest['as']>;
let pensions: ReturnType<GovernanceUnderTest['as']>;
let authority: ReturnType<GovernanceUnderTest['as']>;
let writer: EvidenceWriter;
let receiver: Receiver;
let folder: string;
let pools: pg.Pool[] = [];
let pushers: Pusher[] = [];
const keys = envelopeKeys('a secret that only the tests know of.');

beforeAll(async () => {
  governance = await startGovernance();
  police = governance.as({
    department: 'public-security',
    system: 'police-console',
    person: 'zhao.lei',
    roles: ['provider'],
  });
  pensions = governance.as({ department: 'human-resources', system: 'hr-app', roles: ['provider', 'consumer'] });
  authority = governance.as({ department: 'data-bureau', system: 'data-bureau-console', roles: ['authority'] });
  writer = new EvidenceWriter(governance.pool);
  await writer.write([GRAPH]);
}, 60_000);
afterAll(() => governance.stop());
beforeEach(async () => {
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'sharehub-push-'));
});
afterEach(async () => {
  await Promise.all(pushers.map((each) => each.stop()));
  await Promise.all(pools.map((pool) => pool.end()));
  [pushers, pools] = [[], []];
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
  await governance.rows('update evidence.subscription set ended_at = now() where ended_at is null');
});

/** A worker's pusher, with connections of its own. */
function pusher(more: Partial<PusherOptions> = {}): Pusher {
  const pool = new pg.Pool({ connectionString: governance.url, max: 4 });
  pool.on('error', () => undefined);
  pools.push(pool);
  const made = new Pusher({
    pool,
    folder,
    keys,
    streams,
    origins: allowedOrigins(receiver.origin),
    pollMs: 20,
    timeoutMs: 5_000,
    retry: { firstMs: 1, mostMs: 20, failing: 3 },
    ...more,
  });
  pushers.push(made);
  return made;
}
/** What the settings allow is known to those who subscribe once a worker has run. */
const offered = async (more: Partial<PusherOptions> = {}) => {
  const made = pusher(more);
  await made.runOnce();
  return made;
};

const FIELDS =
  'subscription { id department kind target state since reason failures deliveredTo lag createdBy createdAt } refusal { code }';
const SUBSCRIBE = `mutation ($input: SubscribeUsesInput!) { subscribeUses(input: $input) { secret ${FIELDS} } }`;
interface Subscribed {
  readonly id: string;
  readonly secret: string;
}
async function subscribe(as: typeof police, input: Record<string, unknown>): Promise<Subscribed> {
  const { data, errors } = await as(SUBSCRIBE, { variables: { input } });
  expect([errors, data.subscribeUses.refusal]).toEqual([[], null]);
  return { id: data.subscribeUses.subscription.id, secret: data.subscribeUses.secret };
}
const webhook = (path = '/uses') => ({ kind: 'WEBHOOK', target: `${receiver.origin}${path}` });
const refusalOf = async (as: typeof police, input: Record<string, unknown>) => {
  const { data, errors } = await as(SUBSCRIBE, { variables: { input } });
  return data?.subscribeUses?.refusal?.code ?? errors[0]?.extensions.code;
};
const state = async (id: string) =>
  (
    await governance.rows(
      `select state, reason, failures, position::int, delivered_to::int as "deliveredTo" from evidence.subscription where id = $1`,
      [id],
    )
  )[0]!;
const acts = async () =>
  (await governance.rows(`select code, line from evidence.record where kind = 'act' order by position`)).map(
    ({ line }) => JSON.parse(line as string) as Record<string, unknown>,
  );
const position = async () => (await governance.rows('select position::int from evidence.ledger'))[0]!['position'];
const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `r${from + i}`);

describe('who may subscribe to what', () => {
  it('is nobody before the operator has switched push on', async () => {
    await governance.rows('delete from evidence.push_offer');
    expect(await refusalOf(police, webhook())).toBe('PUSH_OFF');
    await offered({ origins: new Set(), folder: undefined });
    expect(await refusalOf(police, webhook())).toBe('PUSH_OFF');
    expect(await refusalOf(police, { kind: 'FILE', target: 'uses' })).toBe('PUSH_OFF');
  });

  it('is no department that provides nothing, nor the authority in a provider’s name', async () => {
    await offered();
    expect(await refusalOf(governance.as({ department: 'housing', roles: ['consumer'] }), webhook())).toBe(
      'OPERATION_DENIED',
    );
    expect(await refusalOf(authority, webhook())).toBe('OPERATION_DENIED');
  });

  it.each([
    ['an unlisted host', 'https://elsewhere.example/uses', 'HOST_NOT_LISTED'],
    ['another port', 'http://127.0.0.1:1/uses', 'HOST_NOT_LISTED'],
    ['another spelling of an address', 'http://2130706433:1/uses', 'HOST_NOT_LISTED'],
    ['http where https is listed', 'http://uses.example/uses', 'HOST_NOT_LISTED'],
    ['a host that begins like a listed one', 'https://uses.example.evil/uses', 'HOST_NOT_LISTED'],
    ['a listed host as user name', 'https://uses.example@evil.example/', 'TARGET_MALFORMED'],
    ['a password in it', 'https://me:secret@uses.example/', 'TARGET_MALFORMED'],
    ['another protocol', 'file:///etc/passwd', 'HOST_NOT_LISTED'],
    ['no URL', 'uses.example', 'TARGET_MALFORMED'],
  ])('is no webhook with %s', async (_what, target, code) => {
    await offered({ origins: allowedOrigins('uses.example') });
    expect(await refusalOf(police, { kind: 'WEBHOOK', target })).toBe(code);
  });

  it.each(['../tax', 'a/b', 'a\\b', '..', '.', '', '/etc', 'a\u0000b', 'A', 'x'.repeat(64)])(
    'is no folder that is not a plain name: %j',
    async (target) => {
      await offered();
      expect(await refusalOf(police, { kind: 'FILE', target })).toBe('TARGET_MALFORMED');
    },
  );

  it('is not the same target twice, nor what has not happened yet', async () => {
    await offered();
    await subscribe(police, webhook());
    expect(await refusalOf(police, webhook())).toBe('ALREADY_SUBSCRIBED');
    expect(await refusalOf(police, { ...webhook('/b'), fromPosition: 10_000_000 })).toBe('POSITION_OUT_OF_RANGE');
    expect(await refusalOf(police, { ...webhook('/b'), fromPosition: 0.5 })).toBe('POSITION_OUT_OF_RANGE');
    for (let i = 1; i < 10; i++) await subscribe(police, webhook(`/${i}`));
    expect(await refusalOf(police, webhook('/11'))).toBe('TOO_MANY_SUBSCRIPTIONS');
  });
});

describe('another department’s subscription', () => {
  it('does not exist for a department, and nothing it tries changes it', async () => {
    await offered();
    const { id } = await subscribe(police, webhook());
    const before = [await state(id), (await acts()).length];
    for (const act of [
      `pauseSubscription(id: "${id}")`,
      `resumeSubscription(id: "${id}")`,
      `replayUses(id: "${id}", fromPosition: 1)`,
      `unsubscribeUses(id: "${id}")`,
    ]) {
      const { data } = await pensions(`mutation { done: ${act} { ${FIELDS} } }`);
      expect(data.done).toEqual({ subscription: null, refusal: { code: 'SUBSCRIPTION_UNKNOWN' } });
    }
    const { data } = await pensions(
      `{ subscriptions { nodes { id } } named: subscriptions(department: "public-security") { nodes { id } }
         useDeliveries(subscription: "${id}") { nodes { id } } }`,
    );
    expect(data).toEqual({ subscriptions: { nodes: [] }, named: { nodes: [] }, useDeliveries: null });
    expect(
      (await pensions(`mutation { disableSubscription(id: "${id}") { refusal { code } } }`)).errors[0],
    ).toMatchObject({ extensions: { code: 'OPERATION_DENIED' } });
    expect([await state(id), (await acts()).length]).toEqual(before);
  });

  it('is read by the authority and the auditor, without a URL’s path and never with its secret', async () => {
    await offered();
    const { id, secret } = await subscribe(police, webhook('/private-path?key=1'));
    const auditor = governance.as({ department: 'audit', roles: ['auditor'] });
    for (const as of [authority, auditor]) {
      const { data, text } = await as('{ subscriptions { nodes { id department target } } }');
      expect(data.subscriptions.nodes).toEqual([{ id, department: 'public-security', target: receiver.origin }]);
      expect(text).not.toMatch(/private-path|whsec/);
    }
    const stored = JSON.stringify(await governance.rows('select * from evidence.subscription'));
    expect(stored).not.toContain(secret.slice(6));
    expect(JSON.stringify(await acts())).not.toMatch(/private-path|whsec/);
  });

  it('can be disabled by the authority, which the department cannot undo', async () => {
    await offered();
    const { id } = await subscribe(police, webhook());
    await authority(`mutation { disableSubscription(id: "${id}", reason: "调查期间") { ${FIELDS} } }`);
    expect(await state(id)).toMatchObject({ state: 'disabled', reason: 'OPERATOR' });
    const resume = `mutation { resumeSubscription(id: "${id}") { ${FIELDS} } }`;
    expect((await police(resume)).data.resumeSubscription.refusal.code).toBe('SUBSCRIPTION_DISABLED');
    expect((await authority(resume)).data.resumeSubscription.subscription.state).toBe('ACTIVE');
  });
});

describe('each change of a subscription', () => {
  it('is an act of governance, and what changes nothing is none', async () => {
    await offered();
    const before = (await acts()).length;
    const { id } = await subscribe(police, { ...webhook(), reason: '了解使用情况', basis: ['YN-33c'] });
    await writer.write([useOfBoth('x')]);
    await pusher().runOnce();
    for (const act of ['pauseSubscription', 'pauseSubscription', 'resumeSubscription', 'resumeSubscription'])
      await police(`mutation { ${act}(id: "${id}") { ${FIELDS} } }`);
    await police(`mutation { replayUses(id: "${id}", fromPosition: 1) { ${FIELDS} } }`);
    await police(`mutation { unsubscribeUses(id: "${id}") { ${FIELDS} } }`);
    await police(`mutation { unsubscribeUses(id: "${id}") { ${FIELDS} } }`);
    const added = (await acts()).slice(before);
    expect(added.map(({ act }) => act)).toEqual([
      'SUBSCRIBE_USES',
      'PAUSE_USES',
      'RESUME_USES',
      'REPLAY_USES',
      'UNSUBSCRIBE_USES',
    ]);
    expect(added[0]).toMatchObject({
      object: `subscription/${id}`,
      department: 'public-security',
      person: 'zhao.lei',
      reason: '了解使用情况',
      basis: ['YN-33c'],
      terms: { kind: 'webhook', target: receiver.origin },
    });
    expect(await governance.rows('select secret from evidence.subscription where id = $1', [id])).toEqual([
      { secret: null },
    ]);
  });
});

describe('where a webhook may not go', () => {
  it('is where a redirect points: it is not followed, and the delivery waits', async () => {
    const other = await startReceiver();
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    [receiver.answer, receiver.location] = [307, `${other.origin}/metadata`];
    await writer.write([useOfBoth('redirected')]);
    await worker.runOnce();
    expect(other.received).toEqual([]);
    expect(await state(id)).toMatchObject({ reason: 'REDIRECTED', failures: 1 });
    await other.close();
  });

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, in IPv6', '::1'],
    ['this machine, as IPv4 within IPv6', '::ffff:127.0.0.1'],
    ['the cloud’s metadata', '169.254.169.254'],
    ['another cloud’s metadata', '100.100.100.200'],
    ['the link', 'fe80::1'],
    ['nowhere', '0.0.0.0'],
  ])('is %s, when a listed name stands for it', async (_what, address) => {
    const rebound = ((_name: string, _options: object, done: (e: null, found: object[]) => void) =>
      done(null, [{ address, family: address.includes(':') ? 6 : 4 }])) as never as typeof lookup;
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) =>
      guardedLookup(isAllowedTarget, rebound)('uses.example', {}, (failed) => resolve(failed)),
    );
    expect(error?.code).toBe('ADDRESS_REFUSED');
  });

  it('is not an address of the government’s own networks: a listed name may stand for it', async () => {
    const resolver = ((_name: string, _options: object, done: (e: null, found: object[]) => void) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '10.20.30.40', family: 4 },
      ])) as never as typeof lookup;
    const found = await new Promise((resolve) =>
      guardedLookup(isAllowedTarget, resolver)('uses.example', { all: true }, (_error, addresses) =>
        resolve(addresses),
      ),
    );
    expect(found).toEqual([{ address: '10.20.30.40', family: 4 }]);
  });

  it('is a host that the operator has taken off the list: nothing is sent, and nothing is lost', async () => {
    await offered();
    const { id } = await subscribe(police, webhook());
    await writer.write([useOfBoth('later')]);
    const worker = pusher({ origins: allowedOrigins('elsewhere.example') });
    for (let i = 0; i < 4; i++) await waitUntil(async () => (await worker.runOnce(), (await state(id)).failures > i));
    expect([receiver.received.length, await state(id)]).toMatchObject([
      0,
      { state: 'failing', reason: 'HOST_NOT_LISTED' },
    ]);
    await waitUntil(async () => (await pusher().runOnce(), receiver.received.length > 0));
    expect(receiver.requests()).toEqual(['later']);
    expect(await state(id)).toMatchObject({ state: 'active', reason: null, failures: 0 });
  });

  it('is a department that is suspended or provides nothing any more', async () => {
    const worker = await offered();
    await subscribe(police, webhook());
    await writer.write([useOfBoth('while suspended')]);
    await governance.rows(`update department set suspended = true where code = 'public-security'`);
    await worker.runOnce();
    expect(receiver.received).toEqual([]);
    await governance.rows(`update department set suspended = false where code = 'public-security'`);
    await worker.runOnce();
    expect(receiver.requests()).toEqual(['while suspended']);
  });
});

describe('a delivery', () => {
  it('holds the uses of the own items and nothing of others’, nor any subject (QZ-8.4f)', async () => {
    shows('QZ-8.4f');
    const worker = await offered();
    await subscribe(pensions, webhook('/pensions'));
    await writer.write([useOfBoth('both', { person: 'li.na' })]);
    await worker.runOnce();
    const [delivery] = receiver.received;
    expect(delivery!.body).not.toMatch(/Resident|c3ViamVjdC1oYXNoLQ/);
    expect(usesIn(delivery!.body)).toEqual([
      {
        position: expect.any(Number),
        time: '2026-01-05T08:00:00.000Z',
        requestId: 'both',
        mode: 'QUERY',
        medium: 'ONLINE',
        department: 'housing',
        system: 'housing-app',
        person: 'li.na',
        scenario: 'public-rental-review',
        purpose: '公租房资格审核',
        outcome: 'partial',
        rows: { PensionInsurance: 1 },
        subjectCount: 1,
        approvals: [{ grant: 'D-0001', approver: 'zhao.lei', basis: ['公共租赁住房管理办法 第七条'] }],
        released: [{ coordinate: 'PensionInsurance.status', resource: 'R2' }],
        denied: [],
        internal: [],
        ...{ masked: [], absent: [], unavailable: [], filtered: [], sent: [], masks: [], scopes: [], consents: [] },
        ...{ compared: [], aggregated: [] },
      },
    ]);
  });

  it('is verified with its secret by the library of Standard Webhooks, and with no other', async () => {
    const worker = await offered();
    const { secret } = await subscribe(police, webhook());
    const { secret: other } = await subscribe(pensions, webhook());
    await writer.write([useOfBoth('signed', { department: '住房' })]);
    await worker.runOnce();
    const delivery = receiver.received.find(({ body }) => body.includes('Resident'))!;
    expect(delivery.headers).toMatchObject({ 'content-type': 'application/x-ndjson' });
    expect(() => verifyDelivery(secret, delivery)).not.toThrow();
    expect(() => verifyDelivery(other, delivery)).toThrow();
    expect(() => verifyDelivery(secret, { ...delivery, body: delivery.body.replace('housing', 'tax') })).toThrow();
  });

  it('begins where the one before it ended, past any number of records of others', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    await writer.write([useOfPensions('p1'), useOfBoth('b1'), useOfPensions('p2')]);
    await worker.runOnce();
    await writer.write(named(1, 700).map(useOfPensions));
    await worker.runOnce();
    expect(await state(id)).toMatchObject({ position: await position() });
    await writer.write([useOfBoth('b2')]);
    await worker.runOnce();
    const [first, second] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(second!.from).toBe(first!.to);
    expect(receiver.requests()).toEqual(['b1', 'b2']);
  });

  it('holds at most 500 uses, and a long history comes in order', async () => {
    const start = ((await position()) as number) + 1;
    await writer.write(named(1, 1_300).map((id) => useOfBoth(id)));
    const worker = await offered();
    await subscribe(police, { ...webhook(), fromPosition: start });
    await worker.runOnce();
    expect(receiver.received.map(({ body }) => usesIn(body).length)).toEqual([500, 500, 300]);
    expect(receiver.requests()).toEqual(named(1, 1_300));
  });
});

describe('a receiver that is down', () => {
  it('gets everything in order when it is up again, the delivery that failed under its own id', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    receiver.answer = 503;
    await writer.write([useOfBoth('d1')]);
    for (let i = 0; i < 4; i++) await waitUntil(async () => (await worker.runOnce(), (await state(id)).failures > i));
    expect(await state(id)).toMatchObject({ state: 'failing', reason: 'STATUS' });
    const [status] = await worker.status();
    expect(status).toMatchObject({ id, department: 'public-security', state: 'failing', lag: expect.any(Number) });
    expect(status!.lag).toBeGreaterThan(0);
    await writer.write([useOfBoth('d2'), useOfBoth('d3')]);
    receiver.answer = 204;
    await waitUntil(async () => (await worker.runOnce(), receiver.requests().length === 3));
    expect(receiver.requests()).toEqual(['d1', 'd2', 'd3']);
    expect(new Set(receiver.received.slice(0, 5).map((each) => each.id)).size).toBe(1);
    expect(await state(id)).toMatchObject({ state: 'active', reason: null, failures: 0 });
    const { data } = await police(
      `{ useDeliveries(subscription: "${id}", first: 100) { nodes { id at from to records status error milliseconds } } }`,
    );
    expect(data.useDeliveries.nodes.map((each: { status: number }) => each.status)).toEqual([
      204, 204, 503, 503, 503, 503,
    ]);
    expect(data.useDeliveries.nodes[5]).toMatchObject({
      records: 1,
      error: 'STATUS',
      id: receiver.received[0]!.id,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('for good (410) is sent nothing more until the department resumes', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    receiver.answer = 410;
    await writer.write([useOfBoth('g1')]);
    await worker.runOnce();
    await worker.runOnce();
    expect([receiver.received.length, await state(id)]).toMatchObject([1, { state: 'disabled', reason: 'GONE' }]);
    receiver.answer = 204;
    await police(`mutation { resumeSubscription(id: "${id}") { ${FIELDS} } }`);
    await worker.runOnce();
    expect(receiver.requests()).toEqual(['g1']);
  });

  it('does not hold up the others, nor the worker’s end', async () => {
    const worker = await offered();
    const stuck = await subscribe(police, webhook('/stuck'));
    await subscribe(pensions, webhook('/well'));
    receiver.answer = async ({ path }) => (path === '/stuck' ? undefined : 204);
    await writer.write([useOfBoth('s1')]);
    worker.start();
    await receiver.until(() => receiver.received.length === 2);
    await writer.write([useOfBoth('s2')]);
    await receiver.until(() => receiver.received.some(({ body }) => body.includes('s2')));
    expect(receiver.received.filter(({ path }) => path === '/stuck')).toHaveLength(1);
    await worker.stop();
    expect(await state(stuck.id)).toMatchObject({ state: 'active', failures: 0 });
    receiver.answer = 204;
    await pusher().runOnce();
    const ids = receiver.received.filter(({ path, body }) => path === '/stuck' && body.includes('s1'));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('answers without end and is not listened to for long', async () => {
    const worker = await offered({ timeoutMs: 300 });
    const { id } = await subscribe(police, webhook());
    receiver.answer = async () => undefined;
    await writer.write([useOfBoth('t1')]);
    await worker.runOnce();
    expect(await state(id)).toMatchObject({ reason: 'TIMEOUT', failures: 1 });
  });
});

describe('a record that is not as it was written', () => {
  it('is not passed over without a word', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    await writer.write([useOfBoth('u1'), useOfBoth('u2')]);
    const [torn] = await governance.rows(
      `update evidence.record set line = left(line, 50) where request = 'u1' returning position::int, line`,
    );
    await worker.runOnce();
    expect(receiver.received).toEqual([]);
    expect(await state(id)).toMatchObject({ reason: 'RECORD_UNREADABLE', failures: 1 });
    expect((await state(id))['position']).toBeLessThan(torn!['position'] as number);
    await governance.rows(`delete from evidence.record where request = 'u1'`);
    await waitUntil(async () => (await worker.runOnce(), receiver.received.length > 0));
    expect(receiver.requests()).toEqual(['u2']);
  });
});

describe('the department', () => {
  it('pauses and goes on where it stopped', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    await police(`mutation { pauseSubscription(id: "${id}") { ${FIELDS} } }`);
    await writer.write([useOfBoth('p1')]);
    await worker.runOnce();
    expect(receiver.received).toEqual([]);
    await police(`mutation { resumeSubscription(id: "${id}") { ${FIELDS} } }`);
    await worker.runOnce();
    expect(receiver.requests()).toEqual(['p1']);
  });

  it('has what it lost delivered again, under new ids and in order', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    await writer.write(['a', 'b', 'c'].map((name) => useOfBoth(name)));
    await worker.runOnce();
    const second = usesIn(receiver.received[0]!.body)[1]!.position;
    await police(`mutation { replayUses(id: "${id}", fromPosition: ${second}) { ${FIELDS} } }`);
    await worker.runOnce();
    expect(receiver.received.map(({ body }) => usesIn(body).map(({ requestId }) => requestId))).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
    expect(receiver.received[1]!.id).not.toBe(receiver.received[0]!.id);
    const ahead = await police(`mutation { replayUses(id: "${id}", fromPosition: 99999999) { ${FIELDS} } }`);
    expect(ahead.data.replayUses.refusal.code).toBe('POSITION_OUT_OF_RANGE');
  });

  it('replays while a delivery is under way, and that delivery moves nothing', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, webhook());
    await writer.write([useOfBoth('a')]);
    await worker.runOnce();
    const first = usesIn(receiver.received[0]!.body)[0]!.position;
    await writer.write([useOfBoth('b')]);
    receiver.answer = async () => {
      receiver.answer = 204;
      await police(`mutation { replayUses(id: "${id}", fromPosition: ${first}) { ${FIELDS} } }`);
      return 204;
    };
    await worker.runOnce();
    await worker.runOnce();
    expect(usesIn(receiver.received.at(-1)!.body).map(({ requestId }) => requestId)).toEqual(['a', 'b']);
  });
});

describe('several workers', () => {
  it('deliver each use once, in order, while uses are written', async () => {
    await offered();
    const { id } = await subscribe(police, webhook());
    for (let i = 0; i < 3; i++) pusher().start();
    for (let i = 0; i < 30; i++) await writer.write([useOfPensions('p'), useOfBoth(`w${i}`)]);
    await receiver.until(() => receiver.requests().length >= 30);
    await waitUntil(async () => (await state(id)).position === (await position()));
    expect(receiver.requests()).toEqual(Array.from({ length: 30 }, (_, i) => `w${i}`));
    expect(new Set(receiver.received.map((each) => each.id)).size).toBe(receiver.received.length);
  });

  it('lose and double nothing when their connections are cut again and again', async () => {
    await offered();
    const { id } = await subscribe(police, webhook());
    await subscribe(pensions, { kind: 'FILE', target: 'uses' });
    const begin = (await position()) as number;
    for (let i = 0; i < 2; i++) pusher().start();
    const retried = async (act: () => Promise<unknown>) =>
      waitUntil(() =>
        act().then(
          () => true,
          () => false,
        ),
      );
    for (let i = 0; i < 20; i++) {
      await retried(() => writer.write([useOfBoth(`c${i}`)]));
      await cutConnections();
    }
    await retried(async () => {
      const { position: at } = await state(id);
      if (at !== (await position())) throw new Error('not there yet');
    });
    const stored = (
      await governance.rows(
        `select request from evidence.record where kind = 'access' and position > $1 order by position`,
        [begin],
      )
    ).map(({ request }) => request as string);
    expect(receiver.requests()).toEqual(stored);
    await retried(async () => expect(await requestsIn(join(folder, 'human-resources', 'uses'))).toEqual(stored));
  });
});

async function cutConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: governance.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

const filesIn = async (path: string) => (await readdir(path)).filter((name) => name.endsWith('.ndjson')).sort();
async function requestsIn(path: string): Promise<string[]> {
  const texts = await Promise.all((await filesIn(path)).map((name) => readFile(join(path, name), 'utf8')));
  return texts.flatMap((text) => usesIn(text).map(({ requestId }) => requestId));
}

describe('files', () => {
  it('are not written through a link, nor where the operator’s folder is not', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, { kind: 'FILE', target: 'uses' });
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'public-security'));
    await writer.write([useOfBoth('f1')]);
    await worker.runOnce();
    expect(await state(id)).toMatchObject({ reason: 'FOLDER_FAILED', failures: 1 });
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
  });

  it('are whole, named by their cursors, and each use is in one of them', async () => {
    const worker = await offered();
    await subscribe(police, { kind: 'FILE', target: 'uses' });
    for (const id of ['f1', 'f2', 'f3']) {
      await writer.write([useOfBoth(id)]);
      await worker.runOnce();
    }
    const path = join(folder, 'public-security', 'uses');
    const names = await filesIn(path);
    expect(names.map((name) => /^(\d{15})-(\d{15})\.ndjson$/.exec(name)!.slice(1, 3))).toEqual(
      names.map(() => [expect.any(String), expect.any(String)]),
    );
    expect(names.slice(1).map((name) => name.slice(0, 15))).toEqual(
      names.slice(0, -1).map((name) => name.slice(16, 31)),
    );
    expect(await requestsIn(path)).toEqual(['f1', 'f2', 'f3']);
    expect((await readdir(path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('that the receiver has taken away do not come back when their delivery is tried again', async () => {
    const worker = await offered();
    const { id } = await subscribe(police, { kind: 'FILE', target: 'uses' });
    await writer.write([useOfBoth('taken')]);
    await governance.rows(
      `create function never() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
       create trigger never before update of delivered_to on evidence.subscription for each row execute function never()`,
    );
    await worker.runOnce();
    const path = join(folder, 'public-security', 'uses');
    for (const name of await filesIn(path)) await rm(join(path, name));
    await governance.rows('drop trigger never on evidence.subscription; drop function never');
    await worker.runOnce();
    expect(await filesIn(path)).toEqual([]);
    expect((await state(id))['position']).toBe(await position());
  });
});

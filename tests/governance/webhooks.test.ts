import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { allowedOrigins } from '../../subgraphs/governance/subscriptions/delivery/allowed-origins.js';
import { Pusher, type PusherOptions } from '../../subgraphs/governance/subscriptions/delivery/pusher.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { streams } from '../../subgraphs/governance/subscriptions/streams.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { startReceiver, verifyDelivery, type Receiver } from './support/receiver.js';
import { recordAct } from './support/record-act.js';
import { waitUntil } from './support/wait-until.js';

let governance: GovernanceUnderTest;
let receiver: Receiver;
let pools: pg.Pool[] = [];
let pushers: Pusher[] = [];
const keys = envelopeKeys('a secret that only the tests know of.');
const as = (department: string, roles: 'consumer' | 'provider' | 'authority' | 'auditor') =>
  governance.as({ department, system: `${department}-app`, roles: [roles] });

beforeAll(async () => {
  governance = await startGovernance();
}, 60_000);
afterAll(() => governance.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(pushers.map((each) => each.stop()));
  await Promise.all(pools.map((pool) => pool.end()));
  [pushers, pools] = [[], []];
  await receiver.close();
  await governance.rows('update evidence.subscription set ended_at = now() where ended_at is null');
});

function pusher(more: Partial<PusherOptions> = {}): Pusher {
  const pool = new pg.Pool({ connectionString: governance.url, max: 4 });
  pool.on('error', () => undefined);
  pools.push(pool);
  const made = new Pusher({
    pool,
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
const REGISTER = `mutation ($input: EventWebhookInput!) { registerWebhook(input: $input) {
  secret webhook { id url state deliveredTo } refusal { code } } }`;
interface Registered {
  readonly id: string;
  readonly secret: string;
}
async function register(department = 'tax', more: object = {}): Promise<Registered> {
  const input = { url: `${receiver.origin}/events`, ...more };
  const { data, errors } = await as(department, 'consumer')(REGISTER, { variables: { input } });
  expect([errors, data.registerWebhook.refusal]).toEqual([[], null]);
  return { id: data.registerWebhook.webhook.id, secret: data.registerWebhook.secret };
}
const refusalOf = async (ask: ReturnType<typeof as>, url: string) => {
  const { data, errors } = await ask(REGISTER, { variables: { input: { url } } });
  return data?.registerWebhook?.refusal?.code ?? errors[0]?.extensions.code;
};
const suspend = (object: string, concerns: readonly string[] = ['tax']) =>
  recordAct(governance.pool, {
    act: 'SUSPEND_GRANT',
    department: 'data-bureau',
    person: 'wang.min',
    object,
    concerns,
    basis: ['QZ-5.10'],
    reason: '王敏发现异常',
  });
const events = () => receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const state = async (ask: ReturnType<typeof as>) =>
  (await ask('{ eventWebhooks { nodes { id url state reason deliveredTo } } }')).data.eventWebhooks.nodes as Record<
    string,
    unknown
  >[];

describe('a webhook for governance events', () => {
  it('is refused where the operator has switched none on, or has not listed the host', async () => {
    await governance.rows('delete from evidence.push_offer');
    expect(await refusalOf(as('tax', 'consumer'), `${receiver.origin}/events`)).toBe('PUSH_OFF');
    await pusher().runOnce();
    expect(await refusalOf(as('tax', 'consumer'), 'https://elsewhere.example/events')).toBe('HOST_NOT_LISTED');
    expect(await refusalOf(as('tax', 'consumer'), 'http://169.254.169.254/latest')).toBe('HOST_NOT_LISTED');
    expect(await refusalOf(as('tax', 'auditor'), `${receiver.origin}/events`)).toBe('OPERATION_DENIED');
  });

  it('of another department is not there: neither to see, nor to change, nor by way of pushed uses', async () => {
    await pusher().runOnce();
    const { id } = await register();
    const other = as('housing', 'provider');
    expect(await state(other)).toEqual([]);
    expect((await other(`{ eventDeliveries(webhook: "${id}") { nodes { id } } }`)).data.eventDeliveries).toBeNull();
    for (const change of [`removeWebhook(id: "${id}")`, `replayWebhook(id: "${id}", fromPosition: 1)`])
      expect((await other(`mutation { change: ${change} { refusal { code } } }`)).data.change.refusal.code).toBe(
        'SUBSCRIPTION_UNKNOWN',
      );
    const provider = governance.as({ department: 'tax', system: 'tax-app', roles: ['provider'] });
    expect(
      (await provider(`mutation { unsubscribeUses(id: "${id}") { refusal { code } } }`)).data.unsubscribeUses.refusal
        .code,
    ).toBe('SUBSCRIPTION_UNKNOWN');
    expect((await provider('{ subscriptions { nodes { id } } }')).data.subscriptions.nodes).toEqual([]);
  });

  it('is told of what concerns its department, one signed event at a time, in order; of nothing else', async () => {
    const worker = pusher();
    await worker.runOnce();
    const { secret } = await register();
    await suspend('grant/G-000001');
    await suspend('grant/G-000002', ['housing']);
    await recordAct(governance.pool, { act: 'ARCHIVE_EVIDENCE', object: 'evidence/2026-01', concerns: ['tax'] });
    await recordAct(governance.pool, { act: 'GRANT', department: 'tax', object: 'grant/G-000003', concerns: [] });
    await worker.runOnce();
    expect(events().map(({ subject }) => subject)).toEqual(['grant/G-000001', 'grant/G-000003']);
    for (const received of receiver.received) {
      expect(() => verifyDelivery(secret, received)).not.toThrow();
      expect(received.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
      expect(received.body).not.toMatch(/wang|王敏/);
    }
    const [writer] = await governance.rows(`select writer from evidence.chain where home = 'governance'`);
    // The required attributes of CloudEvents 1.0, and what an act says.
    expect(events()[0]).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^\d+$/),
      source: `urn:sharehub:${writer!['writer']}`,
      type: 'dev.sharehub.governance.suspend-grant',
      subject: 'grant/G-000001',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      datacontenttype: 'application/json',
      sequence: expect.stringMatching(/^\d{15}$/),
      data: { act: 'SUSPEND_GRANT', object: 'grant/G-000001', department: 'data-bureau', clauses: ['QZ-5.10'] },
    });
  });

  it('that fails is tried again with the same event, however many workers there are, and keeps its history', async () => {
    const workers = [pusher(), pusher()];
    await workers[0]!.runOnce();
    const { id, secret } = await register();
    let failures = 3;
    receiver.answer = async () => (failures-- > 0 ? 500 : 204);
    for (let i = 0; i < 5; i++) await suspend(`grant/G-00001${i}`);
    for (const worker of workers) worker.start();
    await receiver.until(() => new Set(events().map(({ id }) => id)).size === 5 && failures < -4);
    const ids = receiver.received.map((received) => {
      verifyDelivery(secret, received);
      return `${received.id} ${received.body}`;
    });
    expect(new Set(ids).size).toBe(5);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(5);
    const { data } = await as(
      'tax',
      'consumer',
    )(`{ eventDeliveries(webhook: "${id}", first: 100) { nodes { event status error } } }`);
    expect(data.eventDeliveries.nodes.filter(({ error }: { error: string | null }) => error === 'STATUS')).toHaveLength(
      3,
    );
  });

  it('is ended by 410, tells nobody a redirect, and goes on where it was when it is resumed', async () => {
    const worker = pusher();
    await worker.runOnce();
    const { id } = await register();
    receiver.answer = 302;
    receiver.location = 'http://169.254.169.254/';
    await suspend('grant/G-000021');
    await worker.runOnce();
    receiver.answer = 410;
    await waitUntil(async () => {
      await worker.runOnce();
      return (await state(as('tax', 'consumer')))[0]!['state'] === 'DISABLED';
    });
    const before = receiver.received.length;
    receiver.answer = 204;
    await worker.runOnce();
    expect(receiver.received.length).toBe(before);
    await as('tax', 'consumer')(`mutation { resumeWebhook(id: "${id}") { refusal { code } } }`);
    await worker.runOnce();
    expect(events().at(-1)!['subject']).toBe('grant/G-000021');
    expect((await state(as('tax', 'consumer')))[0]).toMatchObject({ state: 'ACTIVE', reason: null });
  });

  it('is replayed from a position under the same ids, so who remembers them counts nothing twice', async () => {
    const worker = pusher();
    await worker.runOnce();
    const { id } = await register();
    for (let i = 0; i < 3; i++) await suspend(`grant/G-00003${i}`);
    await worker.runOnce();
    const first = events();
    const replay = await as(
      'tax',
      'consumer',
    )(`mutation { replayWebhook(id: "${id}", fromPosition: ${String(first[1]!['id'])}) { refusal { code } } }`);
    expect(replay.data.replayWebhook.refusal).toBeNull();
    await worker.runOnce();
    expect(events().slice(3)).toEqual(first.slice(1));
  });
});

import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system.js';
import { startReceiver, usesIn, verifyDelivery, type Receiver } from './support/receiver.js';
import { waitUntil } from './support/wait-until.js';

let hub: System;
let receiver: Receiver;
let worker: ChildProcess;
beforeAll(async () => {
  hub = await startSystem();
  receiver = await startReceiver();
  worker = fork(join('dist', 'cli', 'index.js'), ['worker'], {
    env: {
      ...process.env,
      DATA_DIR: hub.folder,
      NODE_OPTIONS: '',
      LOG_LEVEL: 'silent',
      PUSH_HOSTS: receiver.origin,
      GOVERNANCE_DATABASE_URL: hub.config.GOVERNANCE_DATABASE_URL,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await waitUntil(async () => (await hub.governance.query('select from evidence.push_offer')).rowCount === 1);
}, 120_000);
afterAll(async () => {
  worker.kill('SIGKILL');
  await receiver.close();
  await hub.stop();
}, 60_000);

const SUBSCRIPTION = 'subscription { id department kind state since deliveredTo lag createdBy createdAt }';

it('a provider that subscribed through the hub is told of a query of another department', async () => {
  const input = `{ kind: WEBHOOK, target: "${receiver.origin}/uses", fromPosition: 1 }`;
  const subscribed = await hub.ask(
    'public-security-app',
    `mutation { subscribeUses(input: ${input}) { secret ${SUBSCRIPTION} refusal { code } } }`,
  );
  expect(subscribed.errors).toBeUndefined();
  const { secret, subscription } = subscribed.data!['subscribeUses'];
  expect(subscription).toMatchObject({ department: 'public-security', kind: 'WEBHOOK', state: 'ACTIVE' });

  const query = '{ residents(first: 2) { nodes { name phone pensionInsurance { status } } } }';
  const asked = await hub.ask('housing-app', query, { scenario: 'public-rental-review' });
  const told = asked.headers.get('x-request-id')!;
  await receiver.until(() => receiver.requests().includes(told));
  const delivery = receiver.received.find(({ body }) => body.includes(told))!;
  expect(() => verifyDelivery(secret, delivery)).not.toThrow();
  expect(usesIn(delivery.body).find(({ requestId }) => requestId === told)).toMatchObject({
    department: 'housing',
    system: 'housing-app',
    scenario: 'public-rental-review',
    outcome: 'answered',
    approvals: [expect.objectContaining({ grant: 'D-0001', approver: 'zhao.lei' })],
    released: expect.arrayContaining([{ coordinate: 'Resident.phone', resource: '101001/000001' }]),
    rows: expect.objectContaining({ Resident: 2 }),
    subjectCount: 2,
  });
  expect(delivery.body).not.toMatch(/PensionInsurance/);

  const read = `{ subscriptions { nodes { id state deliveredTo } } useDeliveries(subscription: "${subscription.id}") { nodes { at status } } }`;
  await waitUntil(async () => (await hub.ask('public-security-app', read)).data!['useDeliveries'].nodes.length > 0);
  const { data } = await hub.ask('public-security-app', read);
  expect(data!['useDeliveries'].nodes[0]).toEqual({ at: expect.any(String), status: 204 });
  expect((await hub.ask('housing-app', read)).errors![0]!.extensions['code']).toBe('OPERATION_DENIED');
}, 60_000);

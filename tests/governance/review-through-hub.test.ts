import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSystem, type Reply, type System } from '../support/system.js';

let hub: System;
beforeAll(async () => {
  hub = await startSystem();
}, 120_000);
afterAll(() => hub.stop(), 60_000);

const CODE = '103003/000001';
const PLACES = '{ places(first: 1) { nodes { name } } }';
const codes = ({ errors = [] }: Reply) => errors.map(({ extensions }) => extensions['code'] as string);

async function act(name: string): Promise<void> {
  const { data } = await hub.ask(
    'data-bureau-console',
    `{ catalogueResources(code: "${CODE}") { nodes { version } } }`,
  );
  const { version } = data!['catalogueResources'].nodes[0];
  const done = await hub.ask(
    'data-bureau-console',
    `mutation { ${name}(code: "${CODE}", version: ${version}, reason: "核查") { resource { state } refusal { code } } }`,
    { person: 'wang.min' },
  );
  expect(done.data![name].refusal).toBeNull();
}

it('takes an entry out of force for every department with the next query, its own provider excepted, and back', async () => {
  expect((await hub.ask('tax-app', PLACES)).data!['places'].nodes).toHaveLength(1);
  await act('suspendResource');
  hub.forget();
  const refused = await hub.ask('tax-app', PLACES);
  expect([refused.status, refused.data!['places'].nodes[0].name, codes(refused)]).toEqual([
    200,
    null,
    ['NOT_PUBLISHED'],
  ]);
  expect(refused.errors![0]!.extensions).toMatchObject({
    item: 'Place.name',
    provider: 'civil-affairs',
    resource: CODE,
  });
  expect(new Set(hub.received.flatMap(({ fields }) => fields))).not.toContain('Place.name');
  expect(codes(await hub.ask('civil-affairs-app', PLACES))).toEqual([]);
  const explained = await hub.ask('tax-app', PLACES, { endpoint: '/explain' });
  expect(explained.data!['items'].at(-1)).toMatchObject({
    coordinate: 'Place.name',
    code: 'NOT_PUBLISHED',
    rule: 'not-published',
  });
  await act('resumeResource');
  expect(codes(await hub.ask('tax-app', PLACES))).toEqual([]);
});

it('gives nothing of what a provider publishes past the review: a stricter entry holds against a laxer schema', async () => {
  await hub.governance.query(`update published_item set share_type = 'CONDITIONAL' where coordinate = 'Place.name'`);
  // The change is committed behind the hub's back, so it is seen when the database says so, within the lease.
  const deadline = Date.now() + 10_000;
  while (codes(await hub.ask('tax-app', PLACES)).length === 0 && Date.now() < deadline);
  expect(codes(await hub.ask('tax-app', PLACES, { scenario: 'tax-credit-review' }))).toEqual(['GRANT_REQUIRED']);
});

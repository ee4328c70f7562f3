import { afterEach, describe, expect, it } from '@jest/globals';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

const hubs: SmallHub[] = [];
const start = async (...options: Parameters<typeof startSmallHub>): Promise<SmallHub> => {
  const hub = await startSmallHub(...options);
  hubs.push(hub);
  return hub;
};
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const query = 'query Find($n: String!) { station(number: $n) { number telephone } }';
const variables = { n: '330102197501067411' };
const requests = ({ log }: SmallHub) => log.filter(({ msg }) => msg === 'request');
const about = ({ requestId, method, path, status, department, outcome }: Record<string, unknown>) => [
  requestId,
  method,
  path,
  status,
  department,
  outcome,
];

describe('A request id', () => {
  it('is the same in the answer, the log, the provider’s log and the record', async () => {
    const hub = await start();
    const headers = { 'x-request-id': 'housing-0001', traceparent: TRACEPARENT };
    const reply = await hub.post({ query, variables }, headers);
    expect([reply.status, reply.headers.get('x-request-id')]).toEqual([200, 'housing-0001']);
    expect(requests(hub).map(about)).toEqual([['housing-0001', 'POST', '/graphql', 200, 'housing', 'PARTIAL']]);
    const [received] = hub.providerLog.filter(({ fields }) => !(fields as string[]).includes('Query._service'));
    expect(received).toMatchObject({ requestId: 'housing-0001', department: 'housing', traceparent: TRACEPARENT });
    expect((await hub.records()).map(({ requestId, department }) => [requestId, department])).toEqual([
      ['housing-0001', 'housing'],
    ]);
  });

  it('is beside a fault of the provider in its log', async () => {
    const hub = await start();
    const broken = 'query Find($n: String!) { station(number: $n) { broken } }';
    await hub.post({ query: broken, variables }, { 'x-request-id': 'housing-0002', traceparent: TRACEPARENT });
    const faults = hub.providerLog.filter(({ msg }) => msg === 'a resolver failed');
    expect(faults).toMatchObject([{ requestId: 'housing-0002', traceparent: TRACEPARENT, subgraph: 'police' }]);
  });

  it('is in the record of what the wire refuses, which says who sent it and nothing of what', async () => {
    const hub = await start();
    const reply = await hub.post('{"query": "{ secret(number: 330102197501067411) }', {
      'x-request-id': 'housing-0003',
    });
    expect(reply.status).toBe(400);
    const [record] = await hub.records();
    expect(record).toMatchObject({
      requestId: 'housing-0003',
      department: 'housing',
      system: 'housing-app',
      outcome: 'refused',
      code: 'MALFORMED_JSON',
      released: [],
    });
    expect(JSON.stringify(record)).not.toMatch(/secret|330102/);
    expect(requests(hub).map(about)).toEqual([['housing-0003', 'POST', '/graphql', 400, undefined, 'MALFORMED_JSON']]);
  });
});

describe('The log of requests', () => {
  it('has no text, no variable, no value and no token, and every address has its line', async () => {
    const hub = await start();
    await hub.post({ query, variables });
    await fetch(`${hub.url}/graphql?query={station(number:"330102197501067411"){number}}`);
    await (await fetch(`${hub.url}/healthz?330102197501067411`)).text();
    while (requests(hub).length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(requests(hub).map(({ path, status }) => [path, status])).toEqual([
      ['/graphql', 200],
      ['/graphql', 400],
      ['/healthz', 200],
    ]);
    expect(JSON.stringify(hub.log)).not.toMatch(/330102|5711234|Bearer|station|Find/);
  });

  it('is not written where only warnings are wanted', async () => {
    const hub = await start({}, undefined, 'warn');
    await hub.post({ query, variables });
    expect(hub.log).toEqual([]);
  });
});

describe('The metrics', () => {
  const lines = async (hub: SmallHub, headers?: Record<string, string>) =>
    (await (await hub.metrics(headers)).text())
      .split('\n')
      .filter((line) => /^sharehub_(items|department)_/.test(line));

  it('count what each department asks, is given and refused', async () => {
    const hub = await start();
    await hub.post({ query, variables });
    await hub.post({ query, variables });
    await hub.post({ query: '{ nowhere }' });
    await hub.post({ query, variables }, { authorization: 'Bearer ghost' });
    await hub.post({ query, variables }, { authorization: 'Bearer forged' });
    expect((await lines(hub)).sort()).toEqual([
      'sharehub_department_requests_total{department="housing"} 3',
      'sharehub_department_requests_total{department="none"} 1',
      'sharehub_department_requests_total{department="other"} 1',
      'sharehub_items_denied_total{department="housing",code="PURPOSE_REQUIRED"} 2',
      'sharehub_items_denied_total{department="other",code="PURPOSE_REQUIRED"} 1',
      'sharehub_items_released_total{department="housing"} 4',
      'sharehub_items_released_total{department="other"} 2',
    ]);
  });

  it('are shown to nobody without their token, and in production to nobody where there is none', async () => {
    const METRICS_TOKEN = 'a token for the metrics';
    const hub = await start({ METRICS_TOKEN });
    expect((await hub.metrics()).status).toBe(401);
    expect((await hub.metrics({ authorization: 'Bearer housing' })).status).toBe(401);
    const reply = await hub.metrics({ authorization: `Bearer ${METRICS_TOKEN}` });
    expect([reply.status, (await reply.text()).includes('http_server_active_requests')]).toEqual([200, true]);
    const production = await start({ NODE_ENV: 'production' });
    const refused = await production.metrics({ authorization: `Bearer ${METRICS_TOKEN}` });
    expect([refused.status, (await refused.text()).includes('housing')]).toEqual([401, false]);
  });
});

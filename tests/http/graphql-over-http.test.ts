import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { send, toyHub, type ToyHub } from './support/toy-hub.js';

let hub: ToyHub;
beforeAll(async () => {
  hub = await toyHub();
});
afterAll(() => hub.close());

describe('GraphQL over HTTP', () => {
  it('answers a query', async () => {
    const reply = await send(hub, { query: '{ hello }' });
    expect(reply.text).toBe('{"data":{"hello":"你好 world"}}');
    expect(reply.status).toBe(200);
  });
  it('audits', async () => {
    const results = await auditServer({ url: `${hub.url}/graphql`, fetchFn: (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { ...init.headers, authorization: 'Bearer good' } }) });
    expect(results.filter((r) => r.status !== 'ok').map((r) => `${r.id} ${r.status} ${r.name}: ${'reason' in r ? r.reason : ''}`)).toEqual([]);
  });
});

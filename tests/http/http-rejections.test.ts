import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpRejections, type HttpRejection } from '../../gateway/http/http-rejections.js';
import type { IncomingMessage } from 'node:http';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import { read, send, sendRaw, taxBureau, toyHub, type InMemoryHub } from './support/in-memory-hub.js';

const hubs: InMemoryHub[] = [];
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});
const start = async (store: (refusal: HttpRejection) => Promise<void>, limits = {}): Promise<InMemoryHub> => {
  const hub = await toyHub({ recordRejection: store, limits: { bodyBytes: 1_000, ...limits } });
  hubs.push(hub);
  return hub;
};

describe('What the wire refuses', () => {
  it('is kept with its code, its request id and who sent it, and nothing of what it said', async () => {
    const kept: HttpRejection[] = [];
    const hub = await start(async (refusal) => void kept.push(refusal));
    const json = { 'content-type': 'application/json', authorization: 'Bearer good' };
    const post = (headers: Record<string, string>, body?: string) =>
      fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: body ?? null }).then(read);
    await post({ ...json, 'x-request-id': 'malformed-1' }, '{"query":');
    await post({ ...json, authorization: 'Bearer forged' }, 'null');
    await post({ 'content-type': 'application/json' }, 'x'.repeat(2_000));
    await post({ authorization: 'Bearer good' });
    await post({ ...json, accept: 'text/html' }, '{}');
    await fetch(`${hub.url}/graphql`, { method: 'DELETE' });
    await fetch(`${hub.url}/graphql?query={hello}`);
    const body = '{"query":"{ hello }"}';
    const twice = `POST /graphql HTTP/1.1\r\nhost: h\r\nauthorization: Bearer good\r\nauthorization: Bearer bad\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    await sendRaw(hub.port, [twice]);
    expect(kept.map(({ error, caller }) => [error.code, caller])).toEqual([
      ['MALFORMED_JSON', taxBureau],
      ['BAD_REQUEST', undefined],
      ['BODY_TOO_LARGE', undefined],
      ['UNSUPPORTED_MEDIA_TYPE', taxBureau],
      ['NOT_ACCEPTABLE', taxBureau],
      ['METHOD_NOT_ALLOWED', undefined],
      ['BAD_REQUEST', undefined],
      ['BAD_REQUEST', undefined],
    ]);
    expect(kept[0]!.requestId).toBe('malformed-1');
    expect(hub.records).toEqual([]);
  });

  it('is answered when it is stored, and not before', async () => {
    let finish!: () => void;
    const kept: HttpRejection[] = [];
    const hub = await start((refusal) => {
      kept.push(refusal);
      return new Promise((resolve) => (finish = resolve));
    });
    let answered = false;
    const reply = send(hub, '{').then((value) => {
      answered = true;
      return value;
    });
    while (kept.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    finish();
    expect((await reply).code).toBe('MALFORMED_JSON');
  });

  it('is 503 when it cannot be stored, or not in time', async () => {
    const failing = await start(() => Promise.reject(new Error('ENOSPC /var/evidence')));
    const reply = await send(failing, '{');
    expect([reply.status, reply.code]).toEqual([503, 'EVIDENCE_UNAVAILABLE']);
    expect(reply.text).not.toContain('ENOSPC');
    expect(failing.faults).toHaveLength(1);
    const hanging = await start(() => new Promise(() => {}), { recordMs: 20 });
    expect((await send(hanging, '{')).code).toBe('EVIDENCE_UNAVAILABLE');
  });

  it('is one request too many as well', async () => {
    const kept: HttpRejection[] = [];
    const hub = await start(async (refusal) => void kept.push(refusal), { inFlight: 0 });
    expect((await send(hub, { query: '{ hello }' })).status).toBe(429);
    expect(kept.map(({ error }) => error.code)).toEqual(['TOO_MANY_REQUESTS']);
  });
});

describe('A flood of refusals', () => {
  const request = { rawHeaders: [], headers: {} } as unknown as IncomingMessage;
  const refusal = (code: ErrorCode, requestId: string): HttpRejection => ({
    requestId,
    receivedAt: 5_000,
    milliseconds: 1,
    error: new HubError(code, 'It is refused.'),
  });
  const counts = (kept: readonly HttpRejection[]) =>
    kept.map(({ error, requestId, repeated }) => [error.code, requestId, repeated]);

  it('beyond the bound becomes one record for each code and second, and waits for none', async () => {
    const kept: HttpRejection[] = [];
    const clock = { now: 5_000 };
    const refusals = new HttpRejections({
      store: async (each) => void kept.push(each),
      identify: () => Promise.resolve(undefined),
      perSecond: 2,
      recordMs: 1_000,
      onFault: () => undefined,
      now: () => clock.now,
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await refusals.record(refusal('MALFORMED_JSON', id), request);
    await refusals.record(refusal('BODY_TOO_LARGE', 'f'), request);
    expect(counts(kept)).toEqual([
      ['MALFORMED_JSON', 'a', undefined],
      ['MALFORMED_JSON', 'b', undefined],
    ]);
    clock.now = 6_000;
    await refusals.record(refusal('MALFORMED_JSON', 'g'), request);
    await refusals.close();
    expect(counts(kept).slice(2).sort()).toEqual([
      ['BODY_TOO_LARGE', 'f', undefined],
      ['MALFORMED_JSON', 'c', 3],
      ['MALFORMED_JSON', 'g', undefined],
    ]);
  });

  it('that cannot be stored is kept, counted on, and stored when there is room', async () => {
    const kept: HttpRejection[] = [];
    const faults: unknown[] = [];
    let full = true;
    const refusals = new HttpRejections({
      store: async (each) => {
        if (full) throw new Error('ENOSPC');
        kept.push(each);
      },
      identify: () => Promise.resolve(undefined),
      perSecond: 0,
      recordMs: 1_000,
      onFault: (error) => void faults.push(error),
      now: () => 5_000,
    });
    for (const id of ['a', 'b']) await refusals.record(refusal('MALFORMED_JSON', id), request);
    await refusals.close();
    expect(faults).toHaveLength(1);
    await refusals.record(refusal('MALFORMED_JSON', 'c'), request);
    full = false;
    await refusals.close();
    expect(counts(kept)).toEqual([['MALFORMED_JSON', 'a', 3]]);
  });
});

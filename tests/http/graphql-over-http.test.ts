import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { ERROR_CODES, HubError } from '../../shared/kernel/index.js';
import { read, send, sendRaw, taxBureau, toyHub, type Reply, type InMemoryHub } from './support/in-memory-hub.js';

let hub: InMemoryHub;
beforeAll(async () => {
  hub = await toyHub({ limits: { bodyBytes: 1_000_000 } });
});
afterEach(() => {
  hub.records.length = 0;
  hub.faults.length = 0;
});
afterAll(() => hub.close());

const HELLO = { query: '{ hello }' };
const graphql = { accept: 'application/graphql-response+json' };
const json = { accept: 'application/json' };
const get = (search: string, headers: Record<string, string> = {}): Promise<Reply> =>
  fetch(`${hub.url}/graphql${search}`, { headers: { authorization: 'Bearer good', ...headers } }).then(read);

/** Status and code of a refusal, after checking that it is one: no data, a closed code, a message, the request's id. */
async function refusal(reply: Promise<Reply>): Promise<[number, string | undefined]> {
  const { status, body, code, headers } = await reply;
  expect(body).not.toHaveProperty('data');
  expect(Object.keys(ERROR_CODES)).toContain(code);
  expect(body.errors![0]!.message.length).toBeGreaterThan(10);
  expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{8,}$/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  return [status, code];
}

describe('A request that is not well-formed', () => {
  it.each<[string, unknown, string]>([
    ['nothing', '', 'MALFORMED_JSON'],
    ['half a document', '{"query":', 'MALFORMED_JSON'],
    ['nonsense', 'NONSENSE', 'MALFORMED_JSON'],
    ['null', 'null', 'BAD_REQUEST'],
    ['a number', '42', 'BAD_REQUEST'],
    ['a string', '"{ hello }"', 'BAD_REQUEST'],
    ['an empty object', {}, 'BAD_REQUEST'],
    ['a batch', [HELLO, HELLO], 'BAD_REQUEST'],
    ['an empty batch', [], 'BAD_REQUEST'],
    ['a misspelt query', { qeury: '{ hello }' }, 'BAD_REQUEST'],
    ['a null query', { query: null }, 'BAD_REQUEST'],
    ['a number for a query', { query: 1 }, 'BAD_REQUEST'],
    ['a parsed document for a query', { query: { kind: 'Document', definitions: [] } }, 'BAD_REQUEST'],
    ['variables in text', { ...HELLO, variables: '{}' }, 'BAD_REQUEST'],
    ['a list of variables', { ...HELLO, variables: [7] }, 'BAD_REQUEST'],
    ['an operation name that is no text', { ...HELLO, operationName: {} }, 'BAD_REQUEST'],
    ['extensions that are no object', { ...HELLO, extensions: 'x' }, 'BAD_REQUEST'],
    [
      'a persisted query without its text',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } },
      'BAD_REQUEST',
    ],
    [
      'bottomless variables',
      `{"query":"{ hello }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      'BAD_USER_INPUT',
    ],
  ])('is refused when its body is %s, whatever type the client takes', async (_, body, code) => {
    expect(await refusal(send(hub, body, { headers: graphql }))).toEqual([400, code]);
    expect(await refusal(send(hub, body, { headers: json }))).toEqual([code === 'BAD_USER_INPUT' ? 200 : 400, code]);
    expect(hub.records).toEqual([]);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/graphql', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=iso-8859-1', 415],
    ['application/jsonp', 415],
    [';', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset="UTF-8"', 200],
    ['Application/JSON', 200],
  ])('in content type %s is answered %d', async (type, status) => {
    const reply = await send(hub, HELLO, { headers: { 'content-type': type } });
    expect([reply.status, reply.code]).toEqual([status, status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : undefined]);
  });

  it('is refused without a content type, compressed, and in broken UTF-8', async () => {
    const body = JSON.stringify(HELLO);
    const head = (headers: string, text: string | Buffer = body) => [
      `POST /graphql HTTP/1.1\r\nhost: h\r\nauthorization: Bearer good\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(text)}\r\n${headers}\r\n`,
      text,
    ];
    expect((await sendRaw(hub.port, head(''))).received).toMatch(/^HTTP\/1.1 415 .*UNSUPPORTED_MEDIA_TYPE/s);
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip', 'nonsense']) {
      const raw = head(`content-type: application/json\r\ncontent-encoding: ${encoding}\r\n`);
      expect((await sendRaw(hub.port, raw)).received).toMatch(/^HTTP\/1.1 415 /);
    }
    const broken = head('content-type: application/json\r\n', Buffer.from([0x22, 0xff, 0xfe, 0x22]));
    expect((await sendRaw(hub.port, broken)).received).toMatch(/^HTTP\/1.1 400 .*MALFORMED_JSON/s);
  });

  it.each([
    ['text/html'],
    ['application/xml, text/*'],
    ['application/json; charset=utf-16'],
    ['application/json;q=0, application/graphql-response+json;q=0'],
    ['multipart/mixed'],
    ['text/event-stream'],
  ])('is refused when the client takes %s only', async (accept) => {
    expect(await refusal(send(hub, HELLO, { headers: { accept } }))).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'HEAD'])(
    'by %s is refused and told the methods',
    async (method) => {
      const { received } = await sendRaw(hub.port, [
        `${method} /graphql HTTP/1.1\r\nhost: h\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n`,
      ]);
      expect(received).toMatch(/^HTTP\/1.1 405 /);
      expect(received).toMatch(/\r\nallow: GET, POST, OPTIONS\r\n/);
      expect(received.includes('METHOD_NOT_ALLOWED')).toBe(method !== 'HEAD');
    },
  );

  it('that names one thing twice is refused', async () => {
    const body = JSON.stringify(HELLO);
    for (const twice of [
      'authorization: Bearer good\r\nauthorization: Bearer bad',
      'authorization: Bearer good\r\nshare-scenario: a\r\nShare-Scenario: b',
      'authorization: Bearer good\r\ncontent-type: text/plain',
      'authorization: Bearer good\r\nx-request-id: aaaaaaaaaa\r\nx-request-id: bbbbbbbbbb',
    ]) {
      const { received } = await sendRaw(hub.port, [
        `POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n${twice}\r\n\r\n${body}`,
      ]);
      expect(received).toMatch(/^HTTP\/1.1 400 .*given more than once/s);
    }
    expect(await refusal(get('?query={hello}&query={version}'))).toEqual([400, 'BAD_REQUEST']);
  });

  it('by GET is refused when its parameters are wrong or any page could have sent it', async () => {
    expect(await refusal(get(''))).toEqual([400, 'BAD_REQUEST']);
    expect(await refusal(get('?query={hello}&variables={'))).toEqual([400, 'MALFORMED_JSON']);
    expect(await refusal(get('?query={hello}&variables=[]'))).toEqual([400, 'BAD_REQUEST']);
    expect(await refusal(get('?query={hello}&extensions=3'))).toEqual([400, 'BAD_REQUEST']);
    const plain = fetch(`${hub.url}/graphql?query={hello}`, { headers: { 'content-type': 'text/plain' } }).then(read);
    expect(await refusal(plain)).toEqual([400, 'BAD_REQUEST']);
  });

  it('for a path that is not served is refused', async () => {
    for (const path of [
      '/',
      '/graphql/',
      '//graphql',
      '/GraphQL',
      '/graphql/../x',
      '/graphql%2f',
      '/%',
      '/__proto__',
      '/graphiql',
      '*',
    ]) {
      const { received } = await sendRaw(hub.port, [`GET ${path} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n`]);
      expect(received).toMatch(/^HTTP\/1.1 404 .*"code":"NOT_FOUND"/s);
    }
  });

  it('that is not HTTP, or has an endless head, is refused and hung up on', async () => {
    expect((await sendRaw(hub.port, ['NOT HTTP AT ALL\r\n\r\n'])).received).toMatch(/^HTTP\/1.1 400 .*"BAD_REQUEST"/s);
    const long = `GET /graphql HTTP/1.1\r\nhost: h\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect((await sendRaw(hub.port, [long])).received).toMatch(/^HTTP\/1.1 431 /);
    const smuggled =
      'POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
    expect((await sendRaw(hub.port, [smuggled])).received).toMatch(/^HTTP\/1.1 400 /);
    expect((await send(hub, HELLO)).status).toBe(200);
  });
});

describe('A body over the limit', () => {
  const big = 'x'.repeat(1_000_001);

  it('is refused by its declared length before it is sent', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 20000000\r\n';
    const expecting = await sendRaw(hub.port, [`${head}expect: 100-continue\r\n\r\n`], (text) =>
      text.includes('BODY_TOO_LARGE'),
    );
    expect(expecting.received).toMatch(/^HTTP\/1.1 413 .*connection: close/s);
    const waiting = await sendRaw(hub.port, [`${head}\r\n`], (text) => text.includes('BODY_TOO_LARGE'));
    expect(waiting.received).toMatch(/^HTTP\/1.1 413 /);
  });

  it('is refused when it turns out too long, with or without a declared length, and the client can read why', async () => {
    expect(await refusal(send(hub, big))).toEqual([413, 'BODY_TOO_LARGE']);
    const chunk = `${(10_000).toString(16)}\r\n${'x'.repeat(10_000)}\r\n`;
    const chunked = [
      'POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
      ...Array.from({ length: 150 }, () => chunk),
      '0\r\n\r\n',
    ];
    const { received, hungUp } = await sendRaw(hub.port, chunked);
    expect(received).toMatch(/^HTTP\/1.1 413 .*BODY_TOO_LARGE/s);
    expect(hungUp).toBe(true);
  });

  it('of 20 MB costs the client its connection and the hub nothing', async () => {
    const reply = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer good' },
      body: Buffer.alloc(20_000_000, 'x'),
    }).then(read);
    expect(reply.status).toBe(413);
    expect((await send(hub, HELLO)).status).toBe(200);
  });

  it('is not one byte smaller', async () => {
    const query = JSON.stringify(HELLO);
    const padded = query.slice(0, -1) + ' '.repeat(1_000_000 - query.length) + '}';
    expect((await send(hub, padded)).status).toBe(200);
    expect((await send(hub, ` ${padded}`)).status).toBe(413);
  });
});

describe('A refused operation', () => {
  it.each([
    ['does not parse', '{', 'GRAPHQL_PARSE_FAILED'],
    ['asks for an unknown field', '{ secret }', 'GRAPHQL_VALIDATION_FAILED'],
    ['names no operation', 'query A { hello } query B { hello }', 'OPERATION_UNRESOLVED'],
    ['has a variable of the wrong type', 'query ($n: Int!) { count(n: $n) }', 'BAD_USER_INPUT'],
  ])('that %s has its own status, and 200 for clients of application/json', async (_, query, code) => {
    const variables = { n: 'x' };
    expect(await refusal(send(hub, { query, variables }, { headers: graphql }))).toEqual([400, code]);
    expect(await refusal(send(hub, { query, variables }, { headers: json }))).toEqual([200, code]);
    expect(hub.records.map(({ outcome }) => [outcome.status, outcome.error?.code])).toEqual([
      [400, code],
      [200, code],
    ]);
  });

  it('is told every mistake, with its place', async () => {
    const { body } = await send(hub, { query: '{ one two }' });
    expect(body.errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining('"one"'), locations: [{ line: 1, column: 3 }] }),
      expect.objectContaining({ message: expect.stringContaining('"two"'), locations: [{ line: 1, column: 7 }] }),
    ]);
  });

  it('that is a mutation by GET is 405 for every client, and nothing runs', async () => {
    for (const headers of [graphql, json]) {
      const reply = await get('?query=mutation{touch}', headers);
      expect([reply.status, reply.code, reply.headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'POST']);
    }
    expect(await refusal(get('?query=mutation M{touch} query Q{hello}&operationName=M'))).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
    ]);
    expect((await get('?query=mutation M{touch} query Q{hello}&operationName=Q')).body.data).toEqual({
      hello: '你好 world',
    });
    expect(hub.records.map(({ outcome }) => outcome.answer === undefined)).toEqual([true, true, true, false]);
  });

  it('by a caller who is not let in keeps its status for every client', async () => {
    for (const headers of [graphql, json]) {
      const none = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(HELLO),
      }).then(read);
      expect([none.status, none.code, none.headers.get('www-authenticate')]).toEqual([
        401,
        'UNAUTHENTICATED',
        'Bearer realm="sharehub"',
      ]);
      const wrong = await send(hub, HELLO, { headers: { ...headers, authorization: 'Bearer bad' } });
      expect([wrong.status, wrong.code, wrong.headers.get('www-authenticate')]).toEqual([
        401,
        'TOKEN_INVALID',
        'Bearer realm="sharehub", error="invalid_token"',
      ]);
    }
    expect(hub.records.map(({ context, outcome }) => [context.caller, outcome.error?.code])).toEqual([
      [undefined, 'UNAUTHENTICATED'],
      [undefined, 'TOKEN_INVALID'],
      [undefined, 'UNAUTHENTICATED'],
      [undefined, 'TOKEN_INVALID'],
    ]);
  });
});

describe('An answer', () => {
  it('passes the audits of GraphQL over HTTP', async () => {
    const results = await auditServer({
      url: `${hub.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: 'Bearer good' } }),
    });
    // These two want application/json for a client without a preference; since 2025 the specification wants the other.
    expect(results.filter(({ status }) => status !== 'ok').map(({ id }) => id)).toEqual(['47DE', '80D8']);
    expect(results.length).toBeGreaterThan(50);
  });

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    [
      'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
      'application/graphql-response+json',
    ],
    ['application/json, application/graphql-response+json;q=0.5', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, multipart/mixed', 'application/json'],
    ['text/html, application/json;q=0.1', 'application/json'],
    ['application/json, */*;q=0.1', 'application/json'],
    ['*/*', 'application/graphql-response+json'],
    ['application/*', 'application/graphql-response+json'],
    ['', 'application/graphql-response+json'],
  ])('to a client that takes "%s" is %s', async (accept, type) => {
    const reply = await send(hub, HELLO, { headers: accept ? { accept } : {} });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  });

  it('to a client without an Accept header is application/graphql-response+json', async () => {
    const body = JSON.stringify(HELLO);
    const { received } = await sendRaw(hub.port, [
      `POST /graphql HTTP/1.1\r\nhost: h\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    ]);
    expect(received).toMatch(/content-type: application\/graphql-response\+json; charset=utf-8/);
  });

  it('is the data as it was written, with the security headers, by POST and by GET', async () => {
    const query = 'query Greet($name: String) { hello(name: $name) version }';
    const posted = await send(hub, { query, variables: { name: '王' }, operationName: 'Greet', extensions: {} });
    expect(posted.text).toBe('{"data":{"hello":"你好 王","version":"one"}}');
    const search = `?query=${encodeURIComponent(query)}&variables=${encodeURIComponent('{"name":"王"}')}&operationName=`;
    expect((await get(search)).text).toBe(posted.text);
    expect(Object.fromEntries(posted.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-length': String(Buffer.byteLength(posted.text)),
    });
    expect(posted.headers.get('access-control-allow-origin')).toBeNull();
    expect(posted.headers.get('x-powered-by')).toBeNull();
  });

  it("carries the client's request id when it is well-formed, else a new one", async () => {
    const mine = await send(hub, HELLO, { headers: { 'x-request-id': 'tax-2026.000:1' } });
    expect(mine.headers.get('x-request-id')).toBe('tax-2026.000:1');
    for (const bad of ['short', 'a'.repeat(200), 'with space in it', '<script>alert(1)</script>', "a'; drop table--"]) {
      const reply = await send(hub, HELLO, { headers: { 'x-request-id': bad } });
      expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(hub.records[0]!.context.requestId).toBe('tax-2026.000:1');
  });

  it('with errors beside data is 200 for every client', async () => {
    const short = await toyHub({ limits: { deadlineMs: 20 } });
    for (const headers of [graphql, json]) {
      const reply = await send(short, { query: '{ hello slow }' }, { headers });
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({
        errors: [expect.objectContaining({ path: ['slow'], extensions: { code: 'SUBGRAPH_TIMEOUT' } })],
        data: { hello: '你好 world', slow: null },
      });
      expect(reply.text.startsWith('{"data":')).toBe(true);
    }
    await short.close();
  });

  it('is prepared once for one text, and never parsed again', async () => {
    const before = hub.engine.prepared;
    for (let i = 0; i < 5; i++) await send(hub, { query: '{ hello version hello }' });
    expect(hub.engine.prepared).toBe(before + 1);
  });
});

describe('A scenario', () => {
  const named = async (value: string): Promise<string | undefined> => {
    const reply = await send(hub, HELLO, { headers: { 'share-scenario': value } });
    expect(reply.status).toBe(200);
    return hub.records.at(-1)!.context.scenario;
  };

  it.each(
    [
      ['a percent sign alone', '%'],
      ['half a character', '%e4%bd'],
      ['a control character', '%00'],
      ['a line break', 'a%0d%0ab'],
      ['129 characters', 'x'.repeat(129)],
      ['129 characters after decoding', encodeURIComponent('场'.repeat(129))],
    ].map(([why, value]) => ({ why, value: value! })),
  )('is refused when it has $why', async ({ value }) => {
    expect(await refusal(send(hub, HELLO, { headers: { 'share-scenario': value } }))).toEqual([400, 'BAD_REQUEST']);
  });

  it('is refused in raw bytes beyond ASCII', async () => {
    const body = JSON.stringify(HELLO);
    const head = `POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\nshare-scenario: 核税\r\n\r\n`;
    expect((await sendRaw(hub.port, [head, body])).received).toMatch(/^HTTP\/1.1 400 /);
  });

  it('is what the header says, decoded', async () => {
    expect(await named('tax-audit')).toBe('tax-audit');
    expect(await named(encodeURIComponent('低保核查/2026'))).toBe('低保核查/2026');
    expect(await named(encodeURIComponent('场'.repeat(128)))).toBe('场'.repeat(128));
    expect(await named('__proto__')).toBe('__proto__');
    expect(await named('')).toBeUndefined();
  });
});

describe('The record', () => {
  it('is on disk before the first byte, exactly once, with what was decided', async () => {
    let finish!: () => void;
    const stored = new Promise<void>((resolve) => (finish = resolve));
    const calls: unknown[] = [];
    const slow = await toyHub({
      record: async (context, outcome) => {
        calls.push([
          context.caller,
          context.endpoint,
          context.scenario,
          outcome.status,
          outcome.parameters.query,
          outcome.operation?.kind,
        ]);
        await stored;
      },
    });
    let answered = false;
    const reply = send(slow, HELLO, { headers: { 'share-scenario': 's' } }).then((value) => {
      answered = true;
      return value;
    });
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    finish();
    expect((await reply).status).toBe(200);
    expect(calls).toEqual([[taxBureau, '/graphql', 's', 200, '{ hello }', 'query']]);
    await slow.close();
  });

  it('that fails keeps the answer back, of refusals too', async () => {
    const failing = await toyHub({ record: () => Promise.reject(new Error('ENOSPC /var/evidence')) });
    for (const query of ['{ hello }', '{ nowhere }']) {
      const reply = await send(failing, { query });
      expect([reply.status, reply.code, reply.headers.get('retry-after')]).toEqual([503, 'EVIDENCE_UNAVAILABLE', '1']);
      expect(reply.text).not.toMatch(/你好|ENOSPC|evidence\//);
    }
    expect(failing.faults.map(({ error }) => (error as Error).message)).toEqual([
      'ENOSPC /var/evidence',
      'ENOSPC /var/evidence',
    ]);
    await failing.close();
  });

  it('that hangs keeps the answer back as long as it may and then for good', async () => {
    const hanging = await toyHub({ record: () => new Promise(() => {}), limits: { recordMs: 30 } });
    expect(await refusal(send(hanging, HELLO))).toEqual([503, 'EVIDENCE_UNAVAILABLE']);
    await hanging.close();
  });
});

describe('A fault', () => {
  it('tells the caller the request id and nothing else, and the operator everything', async () => {
    const reply = await send(hub, { query: '{ crash }' }, { headers: { 'x-request-id': 'request-00001' } });
    expect([reply.status, reply.body]).toEqual([
      500,
      {
        errors: [
          {
            message: 'The hub failed to answer. Give the operator request id request-00001.',
            extensions: { code: 'INTERNAL', requestId: 'request-00001' },
          },
        ],
      },
    ]);
    expect(hub.faults).toEqual([
      { requestId: 'request-00001', error: new Error('select * from residents at 10.0.0.7') },
    ]);
    expect(hub.records[0]!.outcome.error?.code).toBe('INTERNAL');
  });

  it("in a command's terms is masked, and a field's refusal of a whole request is a refusal", async () => {
    const codes: Record<string, HubError> = {
      a: new HubError('DATABASE_UNAVAILABLE', 'postgres at 10.0.0.9 is down'),
      b: new HubError('GRANT_REQUIRED', 'Apply for it first.'),
      c: new HubError('SUBGRAPH_UNAVAILABLE', 'A department cannot be reached.'),
      d: new HubError('GRANTS_STALE', 'The grants in force cannot be confirmed.'),
      e: new HubError('OPERATION_DENIED', 'Refused as a whole.', {
        errors: [{ message: 'It is not shared.', path: ['a'], extensions: { code: 'NOT_SHARED' } }],
      }),
    };
    const throwing = await toyHub({
      execute: (context) => Promise.reject(codes[context.scenario!] ?? 'not even an error'),
    });
    const by = (scenario: string, headers = {}) =>
      send(throwing, HELLO, { headers: { 'share-scenario': scenario, ...headers } });
    expect(await refusal(by('a'))).toEqual([500, 'INTERNAL']);
    expect(await refusal(by('b'))).toEqual([403, 'GRANT_REQUIRED']);
    expect(await refusal(by('c'))).toEqual([502, 'SUBGRAPH_UNAVAILABLE']);
    expect(await refusal(by('d', json))).toEqual([503, 'GRANTS_STALE']);
    expect(await refusal(by('e'))).toEqual([403, 'NOT_SHARED']);
    expect(await refusal(by('e', json))).toEqual([200, 'NOT_SHARED']);
    expect(await refusal(by('none'))).toEqual([500, 'INTERNAL']);
    await throwing.close();
  });
});

describe('Anonymous callers and production', () => {
  const anonymously = (target: InMemoryHub, query: string) =>
    fetch(`${target.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    }).then(read);

  it('see no schema in production, under any alias or fragment, and no names that exist', async () => {
    const open = await toyHub({ anonymous: true, production: true });
    for (const query of [
      '{ __schema { types { name } } }',
      '{ a: __type(name: "Query") { name } }',
      '{ ...F } fragment F on Query { hello __schema { description } }',
    ])
      expect(await refusal(anonymously(open, query))).toEqual([400, 'INTROSPECTION_DISABLED']);
    expect((await anonymously(open, '{ __typename hello }')).body.data).toEqual({
      __typename: 'Query',
      hello: '你好 world',
    });
    expect((await anonymously(open, '{ helo }')).text).not.toMatch(/Did you mean|"hello\\"/);
    expect((await send(open, { query: '{ __schema { queryType { name } } }' })).status).toBe(200);
    await open.close();
  });

  it('are served in permissive mode', async () => {
    const open = await toyHub({ anonymous: true });
    expect((await anonymously(open, '{ hello }')).status).toBe(200);
    expect((await anonymously(open, '{ helo }')).text).toMatch(/Did you mean/);
    await open.close();
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, Agent, request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { HeaderMap } from '@apollo/server';
import { buildSchema } from 'graphql';
import type { HubServerOptions } from '../../gateway/http/hub-server.js';
import { NO_ITEMS } from '../../gateway/request/answer.js';
import { GraphHolder } from '../../gateway/supergraph/graph-holder.js';
import { HubError } from '../../shared/kernel/index.js';
import {
  read,
  send,
  sendRaw,
  toyHub,
  InMemoryEngine,
  TOY_PEER,
  toyGraph,
  type InMemoryHub,
} from './support/in-memory-hub.js';

const hubs: InMemoryHub[] = [];
const start = async (options: Partial<HubServerOptions<InMemoryEngine>> = {}): Promise<InMemoryHub> => {
  const hub = await toyHub(options);
  hubs.push(hub);
  return hub;
};
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await turn();
};
const HELLO = { query: '{ hello }' };

describe('The deadline', () => {
  it('cuts an operation short and answers what there is', async () => {
    const hub = await start({ limits: { deadlineMs: 30 } });
    const { status, body } = await send(hub, { query: '{ hello slow }' });
    expect([status, body.data, body.errors![0]!.path]).toEqual([200, { hello: '你好 world', slow: null }, ['slow']]);
  });

  it('fails an operation that cannot be cut short, records it, and keeps the graph until it ends', async () => {
    const hub = await start({ limits: { deadlineMs: 200, graceMs: 200 } });
    const reply = await send(hub, { query: '{ never }' });
    expect([reply.status, reply.code]).toEqual([504, 'DEADLINE_EXCEEDED']);
    expect(hub.records.map(({ outcome }) => [outcome.status, outcome.operation?.kind, outcome.answer])).toEqual([
      [504, 'query', undefined],
    ]);
    await hub.holder.swap(() => Promise.resolve(toyGraph('two')));
    expect(hub.engine.closed).toBe(0);
    expect((await send(hub, { query: '{ version }' })).body.data).toEqual({ version: 'two' });
  });

  it('also holds for a caller who cannot be identified in time', async () => {
    const hub = await start({ limits: { deadlineMs: 10, graceMs: 10 }, identify: () => new Promise(() => {}) });
    expect((await send(hub, HELLO)).status).toBe(504);
  });
});

describe('A client that goes', () => {
  it('aborts what was asked of the departments, and is recorded', async () => {
    const hub = await start();
    const going = new AbortController();
    const reply = fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer good' },
      body: JSON.stringify({ query: '{ slow }' }),
      signal: going.signal,
    });
    await until(() => hub.engine.running === 1);
    going.abort();
    await expect(reply).rejects.toThrow();
    await until(() => hub.records.length === 1);
    expect(hub.engine.running).toBe(0);
    expect(hub.records[0]!.outcome).toMatchObject({ abandoned: true, status: 200 });
  });

  it('does not wait for an answer any more, unlike one that has only said all it has to say', async () => {
    const hub = await start();
    const body = JSON.stringify({ query: '{ slow }' });
    const message = (version: string) =>
      `POST /graphql HTTP/${version}\r\nhost: h\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const waiting = ['1.1', '1.0'].map((version) => {
      const socket = connect({ port: hub.port, allowHalfOpen: true });
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.end(message(version));
      return once(socket, 'end').then(() => received);
    });
    const gone = connect(hub.port, '127.0.0.1');
    gone.write(message('1.1'));
    await until(() => hub.engine.running === 3);
    gone.destroy();
    await until(() => hub.records.length === 1);
    expect(hub.records[0]!.outcome.abandoned).toBe(true);
    hub.engine.release();
    const [modern, old] = await Promise.all(waiting);
    expect(modern).toMatch(/^(HTTP\/1.1 102 Processing\r\n\r\n)+HTTP\/1.1 200 OK\r\n.*\{"data":\{"slow":"done"\}\}$/s);
    expect(old).toMatch(/^HTTP\/1.1 200 OK\r\n.*\{"data":\{"slow":"done"\}\}$/s);
    expect(hub.records.map(({ outcome }) => outcome.abandoned)).toEqual([true, false, false]);
  });

  it('in the middle of its body leaves nothing behind', async () => {
    const hub = await start();
    const socket = connect(hub.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"que',
    );
    await turn();
    socket.destroy();
    await once(socket, 'close');
    expect((await send(hub, HELLO)).status).toBe(200);
    expect([hub.records.length, hub.faults]).toEqual([1, []]);
  });

  it('that never finishes its head or its body is hung up on', async () => {
    const hub = await start({ limits: { headersMs: 60, requestMs: 60 } });
    for (const slow of [
      'POST /graphql HTTP/1.1\r\nhost: h\r\n',
      'POST /graphql HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ]) {
      const { received, hungUp } = await sendRaw(hub.port, [slow]);
      expect(received).toMatch(/^HTTP\/1.1 408 .*"BAD_REQUEST"/s);
      expect(hungUp).toBe(true);
    }
  });
});

describe('Compression', () => {
  const LONG = { query: `{ ${Array.from({ length: 80 }, (_, i) => `hello${i}: hello`).join(' ')} }` };
  const ask = (hub: InMemoryHub, body: unknown, accepted?: string) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer good' };
      const sent = httpRequest(
        {
          ...{ port: hub.port, path: '/graphql', method: 'POST' },
          headers: accepted === undefined ? headers : { ...headers, 'accept-encoding': accepted },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('end', () =>
              resolve({
                encoding: response.headers['content-encoding'],
                vary: response.headers.vary,
                bytes: Buffer.concat(chunks),
              }),
            );
        },
      );
      sent.on('error', reject).end(JSON.stringify(body));
    });

  it('is left out for short answers, for refusals that repeat what was sent, and where it is switched off', async () => {
    const hub = await start();
    expect((await ask(hub, HELLO, 'gzip, br')).encoding).toBeUndefined();
    const refused = await ask(hub, { query: `{ ${'nowhere'.repeat(500)} }` }, 'gzip');
    expect([refused.encoding, refused.bytes.length > 3_000]).toEqual([undefined, true]);
    expect((await ask(await start({ compress: false }), LONG, 'gzip')).encoding).toBeUndefined();
  });

  it.each([
    ['gzip', 'gzip, deflate, br'],
    ['br', 'br, gzip'],
    ['br', 'gzip;q=0.2, br;q=0.9'],
    ['gzip', '*'],
    [undefined, 'zstd'],
    [undefined, 'gzip;q=0, identity'],
    [undefined, ''],
    [undefined, undefined],
  ] as const)('is %s for a client that accepts %s', async (encoding, accepted) => {
    const hub = await start();
    const { bytes, ...told } = await ask(hub, LONG, accepted);
    expect(told).toEqual({ encoding, vary: encoding && 'accept-encoding' });
    const text = encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'br' ? brotliDecompressSync(bytes) : bytes;
    expect(Object.keys((JSON.parse(text.toString()) as { data: object }).data)).toHaveLength(80);
    if (encoding) expect(bytes.length).toBeLessThan(text.length / 2);
  });
});

describe('A connection', () => {
  it('takes a whole address for a target, as proxies send it', async () => {
    const hub = await start();
    for (const target of ['http://h:4000/healthz', 'HTTPS://h/healthz?x=/y']) {
      const { received } = await sendRaw(hub.port, [`GET ${target} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n`]);
      expect(received).toMatch(/^HTTP\/1.1 200 /);
    }
  });

  it('goes on after a refusal, and serves pipelined requests in order', async () => {
    const hub = await start();
    const message = (query: string, close = false): string => {
      const body = JSON.stringify({ query });
      return `POST /graphql HTTP/1.1\r\nhost: h\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\n${close ? 'connection: close\r\n' : ''}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    const { received } = await sendRaw(hub.port, [
      message('{ nowhere }') + message('{ a: version }') + message('{ b: version }', true),
    ]);
    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(received.indexOf('"a":"one"')).toBeLessThan(received.indexOf('"b":"one"'));
  });
});

describe('A flood', () => {
  it('of requests is refused beyond the limit, and health is still told', async () => {
    const hub = await start({ limits: { inFlight: 2 } });
    const slow = [send(hub, { query: '{ slow }' }), send(hub, { query: '{ slow }' })];
    await until(() => hub.engine.running === 2);
    const refused = await send(hub, HELLO);
    expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([429, 'TOO_MANY_REQUESTS', '1']);
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    hub.engine.release();
    await Promise.all(slow);
    expect((await send(hub, HELLO)).status).toBe(200);
  });
});

describe('Closing', () => {
  it('answers what is under way, takes nothing new, and frees the port', async () => {
    const hub = await toyHub();
    const agent = new Agent({ keepAlive: true });
    const post = (query: string) =>
      new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
        const request = httpRequest(
          {
            port: hub.port,
            path: '/graphql',
            method: 'POST',
            agent,
            headers: { 'content-type': 'application/json', authorization: 'Bearer good' },
          },
          (response) => {
            let text = '';
            response
              .on('data', (chunk) => (text += chunk))
              .on('end', () =>
                resolve({ status: response.statusCode!, connection: response.headers.connection, text }),
              );
          },
        );
        request.on('error', reject).end(JSON.stringify({ query }));
      });
    await post('{ hello }'); // leaves an idle connection
    const slow = post('{ slow hello }');
    await until(() => hub.engine.running === 1);
    const closing = hub.server.close();
    hub.engine.release();
    const answer = await slow;
    expect([answer.status, answer.connection]).toEqual([200, 'close']);
    expect(answer.text).toContain('你好');
    await closing;
    await expect(post('{ hello }')).rejects.toThrow();
    agent.destroy();
    await hub.holder.close();
    expect(hub.engine.closed).toBe(1);
  });

  it('does not wait for a connection longer than it may', async () => {
    const hub = await toyHub({ limits: { closeMs: 20 } });
    const reply = send(hub, { query: '{ never }' });
    await until(() => hub.engine.running === 1);
    await Promise.all([expect(reply).rejects.toThrow(), hub.server.close()]);
  });
});

describe('Listening', () => {
  it('on a taken port is refused by name', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const holder = new GraphHolder<InMemoryEngine>();
    const { createHubServer } = await import('../../gateway/http/hub-server.js');
    const server = createHubServer({
      holder,
      identify: async () => undefined,
      execute: async () => Promise.reject(new Error()),
      record: async () => {},
    });
    const refused = await server.listen(port).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HubError);
    expect(refused).toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(String(port)) });
    taken.close();
  });

  it('without a graph says NOT_READY until there is one', async () => {
    const holder = new GraphHolder<InMemoryEngine>();
    const hub = await start({
      holder,
      readiness: {
        grants: () => (holder.current ? undefined : 'the grants are not read yet'),
        broken: () => Promise.reject(new Error('10.0.0.7')),
      },
    });
    const refused = await send(hub, HELLO);
    expect([refused.status, refused.code]).toEqual([503, 'NOT_READY']);
    const ready = await fetch(`${hub.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      {
        ready: false,
        waitingFor: {
          graph: 'no graph has been loaded yet',
          grants: 'the grants are not read yet',
          broken: 'its check failed',
        },
      },
    ]);
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    await holder.swap(() => Promise.resolve(toyGraph('one')));
    expect((await send(hub, HELLO)).status).toBe(200);
  });
});

describe('Swapping the graph under load', () => {
  it('drops no request, and none sees two graphs', async () => {
    const hub = await start();
    const engines = [hub.engine];
    let running = true;
    let answered = 0;
    const client = async (): Promise<void> => {
      for (let i = 0; running; i++) {
        // Distinct texts, so that every graph prepares some anew.
        const { status, body } = await send(hub, { query: `{ a: version b: version hello(name: "${i % 7}") }` });
        expect(status).toBe(200);
        expect(body.data!.a).toBe(body.data!.b);
        answered++;
      }
    };
    const clients = [client(), client(), client(), client()];
    for (let i = 0; i < 20; i++) {
      const wanted = answered + 10;
      await until(() => answered >= wanted);
      const engine = new InMemoryEngine(
        `v${i}`,
        buildSchema(`type Query { hello(name: String): String version: String! new${i}: Int }`),
      );
      engines.push(engine);
      expect((await hub.holder.swap(() => Promise.resolve(toyGraph(`v${i}`, engine)))).kind).toBe('swapped');
      const refused = await hub.holder.swap(() => Promise.reject(new Error('half a file')));
      expect(refused.kind).toBe('refused');
    }
    running = false;
    await Promise.all(clients);
    expect(hub.faults).toEqual([]);
    expect(hub.records).toHaveLength(answered);
    expect(hub.records.every(({ outcome }) => outcome.answer !== undefined)).toBe(true);
    await until(() => engines.slice(0, -1).every(({ closed }) => closed === 1));
    expect(engines.at(-1)!.closed).toBe(0);
    expect((await send(hub, { query: '{ version new19 }' })).body.data).toEqual({ version: 'v19', new19: null });
  });

  it('lets an operation that began before it end on its own graph', async () => {
    const hub = await start();
    const slow = send(hub, { query: '{ slow version }' });
    await until(() => hub.engine.running === 1);
    await hub.holder.swap(() =>
      Promise.resolve(toyGraph('two', new InMemoryEngine('two', buildSchema('type Query { other: Int }')))),
    );
    hub.engine.release();
    expect((await slow).body.data).toEqual({ slow: 'done', version: 'one' });
    await until(() => hub.engine.closed === 1);
    expect((await send(hub, { query: '{ version }' })).code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('Pages of other origins', () => {
  const ask = (hub: InMemoryHub, origin: string, method = 'POST') =>
    fetch(`${hub.url}/graphql`, {
      method,
      headers: {
        origin,
        authorization: 'Bearer good',
        'content-type': 'application/json',
        'access-control-request-method': 'POST',
      },
      body: method === 'POST' ? JSON.stringify(HELLO) : undefined,
    });

  it('are named only when they are on the list, which is empty by default', async () => {
    const closed = await start();
    for (const method of ['POST', 'OPTIONS']) {
      const reply = await ask(closed, 'https://evil.example', method);
      expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const open = await start({ corsOrigins: ['https://portal.example'] });
    for (const origin of [
      'https://evil.example',
      'https://portal.example.evil.example',
      'null',
      'http://portal.example',
    ])
      expect((await ask(open, origin, 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask(open, 'https://portal.example', 'OPTIONS');
    expect([preflight.status, Object.fromEntries(preflight.headers)]).toEqual([
      204,
      expect.objectContaining({
        'access-control-allow-origin': 'https://portal.example',
        'access-control-allow-headers': expect.stringContaining('share-scenario'),
        vary: 'origin',
        allow: 'GET, POST, OPTIONS',
      }),
    ]);
    const allowed = preflight.headers.get('access-control-allow-headers')!.split(', ');
    // What Apollo Client, urql, Relay's network layer and OpenTelemetry's browser agent send by themselves.
    for (const sent of [
      ...[
        'authorization',
        'content-type',
        'accept',
        'traceparent',
        'tracestate',
        'baggage',
        'apollo-require-preflight',
      ],
      ...[
        'apollographql-client-name',
        'apollographql-client-version',
        'x-apollo-operation-name',
        'x-apollo-operation-id',
      ],
    ])
      expect(allowed).toContain(sent);
    const reply = await ask(open, 'https://portal.example');
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    expect(reply.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await fetch(`${open.url}/graphql`, {
      method: 'POST',
      headers: { origin: 'https://portal.example' },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      415,
      'https://portal.example',
    ]);
  });
});

describe('Routes', () => {
  it('are found by method, path and folder, and their faults are masked', async () => {
    const hub = await start({
      routes: [
        { method: 'GET', path: '/page', handle: (_, response, id) => void response.end(`page ${id.length > 0}`) },
        { method: 'POST', path: '/page', handle: (_, response) => void response.end('posted') },
        { method: 'GET', path: '/assets/*', handle: (request, response) => void response.end(request.url) },
        { method: 'GET', path: '/assets/deep/*', handle: (_, response) => void response.end('deep') },
        { method: 'GET', path: '/broken', handle: () => Promise.reject(new Error('at 10.0.0.7')) },
        {
          method: 'GET',
          path: '/closed',
          handle: () => Promise.reject(new HubError('CALLER_SUSPENDED', 'The caller is suspended.')),
        },
        {
          method: 'GET',
          path: '/late',
          handle: async (_, response) => {
            response.write('half');
            throw new Error('too late');
          },
        },
      ],
    });
    const text = async (path: string, method = 'GET') => {
      const reply = await fetch(`${hub.url}${path}`, { method });
      return [reply.status, await reply.text(), reply.headers.get('allow')];
    };
    expect(await text('/page?x=1')).toEqual([200, 'page true', null]);
    expect(await text('/page', 'HEAD')).toEqual([200, '', null]);
    expect(await text('/page', 'POST')).toEqual([200, 'posted', null]);
    expect(await text('/assets/a.js')).toEqual([200, '/assets/a.js', null]);
    expect(await text('/assets/deep/a')).toEqual([200, 'deep', null]);
    expect((await text('/assets'))[0]).toBe(404);
    expect(await text('/page', 'DELETE')).toEqual([
      405,
      expect.stringContaining('METHOD_NOT_ALLOWED'),
      'GET, HEAD, POST',
    ]);
    expect(await text('/broken')).toEqual([500, expect.not.stringContaining('10.0.0.7'), null]);
    expect(await text('/closed')).toEqual([403, expect.stringContaining('CALLER_SUSPENDED'), null]);
    await expect(fetch(`${hub.url}/late`).then((reply) => reply.text())).rejects.toThrow();
    expect(hub.faults).toHaveLength(2);
  });

  it('can be operations that do something else, on the same wire with the same record', async () => {
    const answer = { items: NO_ITEMS, errors: [], fetches: [], rows: {}, subjects: [], subjectCount: 0, internal: [] };
    const hub = await start({
      endpoints: { '/explain': async (_, operation) => ({ ...answer, data: `{"kind":"${operation.kind}"}` }) },
    });
    expect((await send(hub, HELLO, { path: '/explain' })).text).toBe('{"data":{"kind":"query"}}');
    expect((await send(hub, { query: '{' }, { path: '/explain' })).code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await send(hub, '[]', { path: '/explain' })).code).toBe('BAD_REQUEST');
    expect(hub.records.map(({ context }) => context.endpoint)).toEqual(['/explain', '/explain']);
  });
});

describe('Metrics', () => {
  it("count how requests ended, refused items, and each department's fetches", async () => {
    const hub = await start({
      execute: async (context, operation, variables, signal) => {
        const answer = await context.activeGraph.engine.run(operation, variables, signal);
        const denied = { message: 'Apply for it.', extensions: { code: 'GRANT_REQUIRED' } };
        return {
          ...answer,
          errors: [denied, denied],
          fetches: [{ subgraph: 'toy', peer: TOY_PEER, milliseconds: 2, failure: 'SUBGRAPH_TIMEOUT' }],
        };
      },
    });
    await send(hub, HELLO);
    await send(hub, { query: '{ nowhere }' });
    await send(hub, '{');
    await fetch(`${hub.url}/graphql`, { method: 'POST' }).then(read);
    const reply = await fetch(`${hub.url}/metrics`);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    const lines = (await reply.text()).split('\n');
    for (const line of [
      'sharehub_requests_total{outcome="PARTIAL"} 1',
      'sharehub_requests_total{outcome="GRAPHQL_VALIDATION_FAILED"} 1',
      'sharehub_requests_total{outcome="MALFORMED_JSON"} 1',
      'sharehub_requests_total{outcome="UNSUPPORTED_MEDIA_TYPE"} 1',
      'sharehub_field_errors_total{code="GRANT_REQUIRED"} 2',
      'sharehub_subgraph_fetches_total{subgraph="toy"} 1',
      'sharehub_subgraph_failures_total{subgraph="toy",code="SUBGRAPH_TIMEOUT"} 1',
      'sharehub_subgraph_fetch_seconds_count{subgraph="toy"} 1',
      'sharehub_department_requests_total{department="tax"} 2',
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/graphql",http_response_status_code="200",url_scheme="http"} 1',
      'http_server_active_requests 0',
      'http_client_request_duration_seconds_count{http_request_method="POST",server_address="toy.example",server_port="4001",url_scheme="http",error_type="SUBGRAPH_TIMEOUT"} 1',
    ])
      expect(lines).toContain(line);
  });

  it('have no label that a caller can invent', async () => {
    const hub = await start({});
    await fetch(`${hub.url}/graphql`, { method: 'PROPFIND' }).then(read);
    const text = await fetch(`${hub.url}/metrics`).then((reply) => reply.text());
    expect(text).toContain('http_request_method="_OTHER"');
    expect(text).not.toContain('PROPFIND');
  });
});

describe("Apollo Server's plugins", () => {
  it('cannot answer or refuse an operation, which would go round the record', async () => {
    for (const plugin of [
      {
        requestDidStart: async () => ({
          responseForOperation: async () => ({
            http: { headers: new HeaderMap() },
            body: { kind: 'single' as const, singleResult: { data: { hello: 'cached' } } },
          }),
        }),
      },
      { requestDidStart: async () => ({ didResolveOperation: async () => Promise.reject(new Error('no')) }) },
    ]) {
      const hub = await start({ plugins: [plugin] });
      const reply = await send(hub, HELLO);
      expect([reply.status, reply.code]).toEqual([500, 'INTERNAL']);
      expect(hub.records.map(({ outcome }) => outcome.error?.code)).toEqual(['INTERNAL']);
    }
  });

  it('see each operation with its text and its document, parsed once', async () => {
    const seen: unknown[] = [];
    const hub = await start({
      plugins: [
        {
          requestDidStart: async () => ({
            didResolveOperation: async ({ source, document, operationName, request }) =>
              void seen.push([source, document.kind, operationName, request.variables]),
            parsingDidStart: async () => void seen.push('parsed'),
            validationDidStart: async () => void seen.push('validated'),
          }),
        },
      ],
    });
    const query = 'query A { hello } query B { version }';
    await Promise.all([
      send(hub, { query, operationName: 'A', variables: { a: 1 } }),
      send(hub, { query, operationName: 'B' }),
    ]);
    expect(seen.sort()).toEqual([
      [query, 'Document', 'A', { a: 1 }],
      [query, 'Document', 'B', undefined],
    ]);
  });
});

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { openTraces } from '../../gateway/tracing/open-traces.js';
import { readConfig } from '../../shared/config/config.js';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly status: { readonly code?: number };
  readonly attributes: Readonly<Record<string, unknown>>;
}
interface Sent {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: { readonly spans: (Omit<Span, 'attributes'> & { attributes: readonly Attribute[] })[] }[];
  }[];
}
interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A collector of OTLP over HTTP. */
async function collector(answer: (response: ServerResponse) => void = (response) => void response.end('{}')) {
  const bodies: { path: string; text: string }[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      bodies.push({ path: request.url!, text });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: (): Span[] =>
      bodies
        .flatMap(({ text }) => (JSON.parse(text) as Sent).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
        .map((span) => ({
          ...span,
          attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
        })),
  };
}

/** A hub that sends its traces there. */
async function traced(endpoint: string): Promise<{ hub: SmallHub; flush: () => Promise<void> }> {
  const config = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  const tracing = await openTraces(config, pino({ level: 'silent' }));
  const hub = await startSmallHub({}, tracing);
  ends.push(() => hub.stop());
  return { hub, flush: () => tracing!.close() };
}

const query = 'query Find($n: String!) { station(number: $n) { number telephone } }';
const ask = (hub: SmallHub, headers = {}) =>
  hub.post({ query, variables: { n: '330102197501067411' } }, { 'x-request-id': 'housing-0001', ...headers });

describe('Traces', () => {
  it('are not opened where no collector is configured, or the SDK is disabled', async () => {
    const logger = pino({ level: 'silent' });
    expect(await openTraces(readConfig({}), logger)).toBeUndefined();
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: 'true' };
    expect(await openTraces(readConfig(endpoint), logger)).toBeUndefined();
  });

  it('have a span for each stage of a request, under the client’s trace, and lead on to the provider', async () => {
    const { endpoint, spans, bodies } = await collector();
    const { hub, flush } = await traced(endpoint);
    const [trace, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    await ask(hub, { traceparent: `00-${trace}-${parent}-01`, 'share-scenario': 'duty' });
    await flush();
    const all = spans();
    const root = all.find(({ name, kind }) => name === 'POST /graphql' && kind === 2)!;
    const below = all.filter(({ parentSpanId }) => parentSpanId === root.spanId).map(({ name }) => name);
    expect(below).toEqual(['identify', 'prepare', 'decide', 'plan', 'POST /graphql', 'record']);
    expect(new Set(all.map(({ traceId }) => traceId))).toEqual(new Set([trace]));
    expect(root).toMatchObject({ parentSpanId: parent, kind: 2 });
    expect(root.attributes).toEqual({
      'sharehub.request_id': 'housing-0001',
      'sharehub.operation': expect.stringMatching(/^[0-9a-f]{64}$/),
      'sharehub.department': 'housing',
      'sharehub.scenario': 'duty',
      'sharehub.outcome': 'PARTIAL',
      'graphql.operation.name': 'Find',
      'graphql.operation.type': 'query',
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'http.route': '/graphql',
      'url.path': '/graphql',
      'url.scheme': 'http',
    });
    const fetched = all.find(({ kind }) => kind === 3)!;
    const port = String(fetched.attributes['server.port']);
    expect(fetched.attributes).toEqual({
      'sharehub.subgraph': 'police',
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'server.address': '127.0.0.1',
      'server.port': expect.anything(),
      'url.full': `http://127.0.0.1:${port}/graphql`,
      'url.template': '/graphql',
    });
    expect(hub.providerLog.at(-1)).toMatchObject({ traceparent: `00-${trace}-${fetched.spanId}-01` });
    expect(bodies.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(bodies.map(({ text }) => text).join()).not.toMatch(/330102|5711234|Bearer|station\(/);
    expect(bodies[0]!.text).toContain('"service.name"');
  });

  it('say by its code why a request was refused', async () => {
    const { endpoint, spans } = await collector();
    const { hub, flush } = await traced(endpoint);
    await ask(hub, { authorization: 'Bearer forged', traceparent: 'nonsense' });
    await hub.post('{');
    await flush();
    const [refused, malformed] = spans().filter(({ kind }) => kind === 2);
    expect(refused!.attributes).toMatchObject({
      'sharehub.outcome': 'TOKEN_INVALID',
      'http.response.status_code': 401,
    });
    expect(refused!.parentSpanId).toBeUndefined();
    expect(malformed!.attributes).toMatchObject({ 'sharehub.outcome': 'MALFORMED_JSON' });
    expect(spans().find(({ name }) => name === 'identify')).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'TOKEN_INVALID' },
    });
    // The caller was at fault, not the hub.
    expect(refused!.status).toEqual({ code: 0 });
    expect(refused!.attributes).not.toHaveProperty(['error.type']);
  });

  it('are not taken from a client that does not want to be followed, but its trace is handed on', async () => {
    const { endpoint, spans } = await collector();
    const { hub, flush } = await traced(endpoint);
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await ask(hub, { traceparent: `00-${trace}-00f067aa0ba902b7-00` });
    await flush();
    expect(spans()).toEqual([]);
    expect(hub.providerLog.at(-1)!['traceparent']).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
  });

  it.each([
    ['away', async () => 'http://127.0.0.1:9'],
    ['failing', async () => (await collector((response) => void response.writeHead(500).end())).endpoint],
    ['silent', async () => (await collector(() => undefined)).endpoint],
  ])('cost no request when the collector is %s', async (_, endpointOf) => {
    const { hub, flush } = await traced(await endpointOf());
    // More spans than are held.
    for (let i = 0; i < 400; i += 50)
      expect((await Promise.all(Array.from({ length: 50 }, () => ask(hub)))).map(({ status }) => status)).toEqual(
        Array.from({ length: 50 }, () => 200),
      );
    await flush();
    expect((await ask(hub)).status).toBe(200);
  });
});

import type { ApolloServerPlugin } from '@apollo/server';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { GraphHolder } from '../supergraph/graph-holder.js';
import { ApolloCarrier, type TurnContext } from './apollo.js';
import { answerBrokenRequest } from './broken-request.js';
import { CrossOrigin } from './cors.js';
import type { Exchange, Execute, Outcome, PreparingEngine } from './exchange.js';
import { GraphQLEndpoint, type EndpointLimits } from './graphql-endpoint.js';
import type { Tracing } from '../tracing/trace.js';
import { healthRoutes, type MetricsReaders, type ReadinessCheck } from './health.js';
import { HubMetrics } from './metrics.js';
import { declaresTooMuch } from './request-body.js';
import { requestIdOf } from './request-headers.js';
import type { RequestLine } from './request-line.js';
import { refuseRoute, RouteTable, type Route } from './routes.js';
import { WireRefusals, type WireRefusal } from './wire-refusals.js';

export interface HubServerOptions<E extends PreparingEngine> {
  readonly holder: GraphHolder<E>;
  /** Who asks, from the request's headers; undefined when they carry no token.
   *  @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** Runs operations that come to `/graphql`. */
  readonly execute: Execute<E>;
  /** Other addresses that take operations and do something else with them, e.g. explain. Same wire, same record. */
  readonly endpoints?: Readonly<Record<string, Execute<E>>>;
  /** Resolves when the exchange is on stable storage. Called exactly once per exchange, before its first byte. */
  readonly record: (exchange: Exchange<E>, outcome: Outcome) => Promise<void>;
  /** Resolves when what was refused before it was an exchange is on stable storage; absent where nothing is recorded. */
  readonly recordRefusal?: ((refusal: WireRefusal) => Promise<void>) | undefined;
  readonly routes?: readonly Route[];
  readonly limits?: Partial<HubLimits>;
  /** Serves callers without a token; permissive mode only. */
  readonly anonymous?: boolean;
  readonly production?: boolean;
  /** Exact origins whose pages may call. */
  readonly corsOrigins?: readonly string[];
  /** What must hold before `/readyz` says so, beside there being a graph. */
  readonly readiness?: Readonly<Record<string, ReadinessCheck>>;
  readonly plugins?: readonly ApolloServerPlugin<TurnContext>[];
  /** Told of what nobody foresaw; the caller is only told the request id. */
  readonly onFault?: (error: unknown, requestId: string) => void;
  readonly metrics?: HubMetrics;
  /** Everybody where not given. */
  readonly metricsReaders?: MetricsReaders;
  /** Told of every request, when it has ended. */
  readonly log?: ((line: RequestLine) => void) | undefined;
  readonly tracing?: Tracing | undefined;
}
export interface HubLimits extends EndpointLimits {
  /** Largest request head, bytes. */
  readonly headerBytes: number;
  /** Longest time for a request's head, and for all of it, milliseconds. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long an idle connection is kept, milliseconds. */
  readonly keepAliveMs: number;
  /** Most requests under way at once; more are refused, so that a flood cannot take the hub's memory. */
  readonly inFlight: number;
  /** Refusals by the wire that are recorded one by one, a second; see `WireRefusals`. */
  readonly refusalsPerSecond: number;
  /** How long `close` waits for requests under way, milliseconds. */
  readonly closeMs: number;
}
export interface HubServer {
  /** @throws HubError PORT_IN_USE or CONFIG_INVALID */
  listen(port: number, host?: string): Promise<{ readonly port: number; readonly host: string; readonly url: string }>;
  /** Takes no new connections, answers what is under way, and resolves when the last connection is gone. */
  close(): Promise<void>;
  readonly metrics: HubMetrics;
}

const DEFAULT_LIMITS: HubLimits = {
  bodyBytes: 1_000_000,
  deadlineMs: 30_000,
  graceMs: 1_000,
  recordMs: 10_000,
  headerBytes: 16_384,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  inFlight: 2_000,
  refusalsPerSecond: 50,
  closeMs: 35_000,
};

/** The hub's one door: GraphQL over HTTP on Apollo Server, health, metrics, and what else is on the table of routes.
 *  It listens without a graph too and says NOT_READY until there is one. */
export function createHubServer<E extends PreparingEngine>(options: HubServerOptions<E>): HubServer {
  const { holder, routes = [], readiness = {}, corsOrigins, onFault = () => {}, metrics = new HubMetrics() } = options;
  const limits: HubLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const carrier = new ApolloCarrier(holder, options.plugins, onFault);
  const cors = new CrossOrigin(corsOrigins);
  let closing = false;
  const { identify, record, recordRefusal: store, anonymous = false, production = false, log, tracing } = options;
  const { refusalsPerSecond: perSecond, recordMs } = limits;
  const refusals = store && new WireRefusals({ store, identify, perSecond, recordMs, onFault });

  const underWay = new Set<ServerResponse>();
  const busy = (): boolean => underWay.size > limits.inFlight;
  const endpoints = new Map(
    Object.entries({ '/graphql': options.execute, ...options.endpoints }).map(([path, execute]) => {
      const wire = { holder, carrier, cors, limits, busy, anonymous, production, followers: { log, tracing } };
      return [path, new GraphQLEndpoint<E>({ ...wire, identify, execute, record, refusals, metrics, onFault })];
    }),
  );
  const checks: Record<string, ReadinessCheck> = {
    graph: () => (holder.current ? undefined : 'no graph has been loaded yet'),
    server: () => (closing ? 'the hub is stopping' : undefined),
    ...readiness,
  };
  const table = new RouteTable([...healthRoutes(checks, metrics, options.metricsReaders ?? 'everybody'), ...routes]);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = requestIdOf(request.headers);
    const { path, search } = targetOf(request.url ?? '/');
    const endpoint = endpoints.get(path);
    if (log && !endpoint) logRoute(request, response, path, requestId, log);
    try {
      if (!endpoint) return await table.find(request.method, path).handle(request, response, requestId);
      await endpoint.handle(request, response, path, search, requestId);
    } catch (error) {
      if (refuseRoute(request, response, error, requestId).code === 'INTERNAL') onFault(error, requestId);
    }
  }
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (closing) response.shouldKeepAlive = false;
    underWay.add(response);
    response.on('error', () => {}).on('close', () => underWay.delete(response));
    void serve(request, response);
  };

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      // The timeouts above are only looked at this often.
      connectionsCheckingInterval: Math.min(limits.headersMs, limits.requestMs, 2_000),
      noDelay: true,
    },
    onRequest,
  );
  // A client that reads nothing of its answer holds a connection no longer than this.
  server.timeout = limits.deadlineMs + limits.graceMs + limits.recordMs + limits.keepAliveMs;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerBrokenRequest(error, socket as Socket));
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!declaresTooMuch(request, limits.bodyBytes)) response.writeContinue();
    onRequest(request, response);
  });

  return {
    metrics,
    async listen(port, host = '127.0.0.1') {
      if (holder.current) await carrier.start();
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
        server.listen(port, host, resolve);
      });
      const bound = (server.address() as AddressInfo).port;
      return { port: bound, host, url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` };
    },
    async close() {
      closing = true;
      for (const response of underWay) response.shouldKeepAlive = false;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), limits.closeMs);
      await closed;
      clearTimeout(force);
      await carrier.stop();
      await refusals?.close();
    },
  };
}

function logRoute(
  { method }: IncomingMessage,
  response: ServerResponse,
  path: string,
  requestId: string,
  log: (line: RequestLine) => void,
): void {
  const started = performance.now();
  response.once('close', () => {
    const status = response.headersSent ? response.statusCode : 0;
    log({ method, path, status, ms: Math.round((performance.now() - started) * 1000) / 1000, requestId });
  });
}

/** Path and query of a request's target, which may be a whole address. @source RFC 9112 section 3.2 */
function targetOf(target: string): { path: string; search: string } {
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  return mark < 0 ? { path: local, search: '' } : { path: local.slice(0, mark), search: local.slice(mark + 1) };
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): HubError {
  if (error.code === 'EADDRINUSE') {
    return new HubError(
      'PORT_IN_USE',
      `Port ${port} on ${host} is taken. Stop what listens there, or choose another port.`,
      { port, host },
      { cause: error },
    );
  }
  return new HubError(
    'CONFIG_INVALID',
    `Cannot listen on ${host}:${port} (${error.code}).`,
    { port, host },
    { cause: error },
  );
}

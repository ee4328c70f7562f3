import type { ApolloServerPlugin } from '@apollo/server';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HubError, type Caller, type Language } from '../../shared/kernel/index.js';
import type { RequestContext } from '../request/request-context.js';
import type { RequestOutcome } from '../request/request-outcome.js';
import type { GraphHolder } from '../supergraph/graph-holder.js';
import type { Tracing } from '../tracing/trace.js';
import { answerBrokenRequest } from './answer-broken-request.js';
import { ApolloAdapter, type ApolloContext } from './apollo-adapter.js';
import { CrossOrigin } from './cors.js';
import { GraphQLEndpoint, type AcquireVariant, type EndpointLimits } from './graphql-endpoint.js';
import { healthRoutes, type MetricsReaders, type ReadinessCheck } from './health.js';
import { HttpRejections, type HttpRejection } from './http-rejections.js';
import { HubMetrics } from './metrics.js';
import type { OperationHandler, OperationPreparer } from './operation-handler.js';
import { PersistedQueries } from './persisted-queries.js';
import { declaresTooMuch } from './request-body.js';
import { readLanguage, readRequestId } from './request-headers.js';
import type { RequestLine } from './request-line.js';
import { refuseRoute, RouteTable, type Route } from './routes.js';

export interface HubServerOptions<E extends OperationPreparer> {
  readonly holder: GraphHolder<E>;
  /** Identifies the caller by the request's headers; undefined when they carry no token.
   *  @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** Takes a graph that a department tries; absent where none is tried. */
  readonly acquireVariant?: AcquireVariant<E> | undefined;
  /** Runs operations that come to `/graphql`. */
  readonly execute: OperationHandler<E>;
  /** Further addresses that take operations, e.g. explain, with the same HTTP rules and the same record. */
  readonly endpoints?: Readonly<Record<string, OperationHandler<E>>>;
  /** Resolves when the request's record is on stable storage. Called exactly once, before the first byte of the answer. */
  readonly record: (context: RequestContext<E>, outcome: RequestOutcome) => Promise<void>;
  /** Resolves when the record of a rejected request is on stable storage; absent where nothing is recorded. */
  readonly recordRejection?: ((rejection: HttpRejection) => Promise<void>) | undefined;
  readonly routes?: readonly Route[];
  readonly limits?: Partial<HubLimits>;
  /** Serves callers without a token; permissive mode only. */
  readonly anonymous?: boolean;
  readonly production?: boolean;
  /** Language of refusals for callers that name none; English by default. */
  readonly language?: Language;
  /** Compresses answers for clients that accept it; on by default. */
  readonly compress?: boolean;
  /** Exact origins whose pages may call. */
  readonly corsOrigins?: readonly string[];
  /** Further conditions of `/readyz`, beside a graph. */
  readonly readiness?: Readonly<Record<string, ReadinessCheck>>;
  /** Warnings of `/readyz` that do not keep the hub from serving. */
  readonly warnings?: Readonly<Record<string, ReadinessCheck>>;
  readonly plugins?: readonly ApolloServerPlugin<ApolloContext>[];
  /** Called with unexpected errors; the caller is told the request id only. */
  readonly onFault?: (error: unknown, requestId: string) => void;
  readonly metrics?: HubMetrics;
  /** Default: everybody. */
  readonly metricsReaders?: MetricsReaders;
  /** Called with each request that has ended. */
  readonly log?: ((line: RequestLine) => void) | undefined;
  readonly tracing?: Tracing | undefined;
}
export interface HubLimits extends EndpointLimits {
  /** Largest request head, bytes. */
  readonly headerBytes: number;
  /** Longest time for a request's head, and for all of it, milliseconds. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Time for which an idle connection is kept, milliseconds. */
  readonly keepAliveMs: number;
  /** Most requests in flight at once; more are rejected, so that a flood cannot take the hub's memory. */
  readonly inFlight: number;
  /** Rejections a second that are recorded one by one; see `HttpRejections`. */
  readonly rejectionsPerSecond: number;
  /** Longest time for which `close` waits for requests in flight, milliseconds. */
  readonly closeMs: number;
}
export interface HubServer {
  /** @throws HubError PORT_IN_USE or CONFIG_INVALID */
  listen(port: number, host?: string): Promise<{ readonly port: number; readonly host: string; readonly url: string }>;
  /** Accepts no new connections, answers the requests in flight, and resolves when the last connection is gone. */
  close(): Promise<void>;
  readonly metrics: HubMetrics;
}

const DEFAULT_LIMITS: HubLimits = {
  bodyBytes: 3_000_000,
  deadlineMs: 30_000,
  graceMs: 1_000,
  recordMs: 10_000,
  headerBytes: 16_384,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  inFlight: 2_000,
  rejectionsPerSecond: 50,
  closeMs: 35_000,
};

/** The hub's HTTP server: GraphQL over HTTP on Apollo Server, health, metrics, and the given routes.
 *  It listens without a graph too and answers NOT_READY until there is one. */
export function createHubServer<E extends OperationPreparer>(options: HubServerOptions<E>): HubServer {
  const { holder, routes = [], readiness = {}, corsOrigins, onFault = () => {}, metrics = new HubMetrics() } = options;
  const limits: HubLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const apollo = new ApolloAdapter(holder, options.plugins, onFault);
  const persisted = new PersistedQueries();
  const cors = new CrossOrigin(corsOrigins);
  let closing = false;
  const { identify, record, recordRejection: store, anonymous = false, production = false, log, tracing } = options;
  const { compress = true, language = 'en' } = options;
  const { rejectionsPerSecond: perSecond, recordMs } = limits;
  const rejections = store && new HttpRejections({ store, identify, perSecond, recordMs, onFault });

  const openResponses = new Set<ServerResponse>();
  const isBusy = (): boolean => openResponses.size > limits.inFlight;
  const endpoints = new Map(
    Object.entries({ '/graphql': options.execute, ...options.endpoints }).map(([path, execute]) => {
      const endpoint = new GraphQLEndpoint<E>({
        holder,
        apollo,
        persisted,
        identify,
        acquireVariant: options.acquireVariant,
        execute,
        record,
        rejections,
        isBusy,
        metrics,
        observers: { log, tracing, metrics: metrics.http },
        cors,
        limits,
        anonymous,
        production,
        language,
        compress,
        onFault,
      });
      return [path, endpoint];
    }),
  );
  const checks: Record<string, ReadinessCheck> = {
    graph: () => (holder.current ? undefined : 'no graph has been loaded yet'),
    server: () => (closing ? 'the hub is stopping' : undefined),
    ...readiness,
  };
  const table = new RouteTable([
    ...healthRoutes(checks, options.warnings ?? {}, metrics, options.metricsReaders ?? 'everybody'),
    ...routes,
  ]);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = readRequestId(request.headers);
    const { path, search } = splitTarget(request.url ?? '/');
    const endpoint = endpoints.get(path);
    if (log && !endpoint) logRoute(request, response, path, requestId, log);
    try {
      if (!endpoint) return await table.find(request.method, path).handle(request, response, requestId);
      await endpoint.handle(request, response, path, search, requestId);
    } catch (error) {
      if (refuseRoute(request, response, error, requestId, readLanguage(request.headers, language)).code === 'INTERNAL')
        onFault(error, requestId);
    }
  }
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (closing) response.shouldKeepAlive = false;
    openResponses.add(response);
    response.on('error', () => {}).on('close', () => openResponses.delete(response));
    keepHalfClosed(request, response);
    void serve(request, response);
  };

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      // Interval at which Node checks the timeouts above.
      connectionsCheckingInterval: Math.min(limits.headersMs, limits.requestMs, 2_000),
      noDelay: true,
    },
    onRequest,
  );
  server.httpAllowHalfOpen = true;
  // Bounds the time for which a client that does not read its answer holds a connection.
  server.timeout = limits.deadlineMs + limits.graceMs + limits.recordMs + limits.keepAliveMs;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    answerBrokenRequest(error, socket as Socket, language),
  );
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!declaresTooMuch(request, limits.bodyBytes)) response.writeContinue();
    onRequest(request, response);
  });

  return {
    metrics,
    async listen(port, host = '127.0.0.1') {
      if (holder.current) await apollo.start();
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
        server.listen(port, host, resolve);
      });
      const bound = (server.address() as AddressInfo).port;
      return { port: bound, host, url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` };
    },
    async close() {
      closing = true;
      for (const response of openResponses) response.shouldKeepAlive = false;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), limits.closeMs);
      await closed;
      clearTimeout(force);
      await apollo.stop();
      await rejections?.close();
    },
  };
}

declare module 'node:http' {
  interface Server {
    /** Undocumented, and as old as Node: an answer may still leave after the client has closed its half of the connection. */
    httpAllowHalfOpen: boolean;
  }
}

/** First wait between two interim responses, milliseconds; each further one is twice as long. */
const PROBE_MS = 20;

/** A client may close its half of the connection once its request is out, and wait. One that has gone looks the same until
 *  something is sent to it, so interim responses are: whoever waits skips them, and for whoever has gone the connection
 *  breaks, which ends the work for it. HTTP/1.0 has no interim responses.
 *  @source RFC 9110 section 15.2, RFC 9112 section 9.6 */
function keepHalfClosed(request: IncomingMessage, response: ServerResponse): void {
  const { socket, httpVersionMajor, httpVersionMinor } = request;
  if (httpVersionMajor !== 1 || httpVersionMinor < 1) return;
  let timer: NodeJS.Timeout | undefined;
  const probe = (wait: number): void => {
    if (response.headersSent) return;
    response.writeProcessing();
    timer = setTimeout(probe, wait, 2 * wait);
  };
  const onEnd = (): void => probe(PROBE_MS);
  socket.once('end', onEnd);
  response.once('close', () => {
    clearTimeout(timer);
    socket.off('end', onEnd);
  });
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
function splitTarget(target: string): { path: string; search: string } {
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

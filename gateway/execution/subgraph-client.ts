import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { Pool, type Dispatcher } from 'undici';
import { CONTEXT_HEADER } from '../../shared/trust/signed-context.js';
import { decodeContent, isEncoded, readSubgraphAddress, toText } from '../supergraph/subgraph-wire.js';
import type { Peer } from '../tracing/trace.js';
import { Breaker, RepeatBudget } from './breaker.js';
import type { FetchContexts } from './context-signer.js';
import { Failure } from './failure.js';
import { AnswerBytes, readAnswer, toBadAnswer, toHung, toTimeout, toUnavailable } from './subgraph-answer.js';
import type { InsideFetches } from './inside-fetches.js';

/** Limits of one fetch. */
export interface FetchLimits {
  /** Longest time for a whole fetch, waiting for a connection included, milliseconds. */
  readonly fetchTimeout: number;
  /** Longest time for a connection to open, milliseconds. */
  readonly connectTimeout: number;
  /** Largest answer of a subgraph, bytes. */
  readonly answerBytes: number;
  /** Connections to one subgraph. */
  readonly connections: number;
  /** Fetches to one subgraph that may be under way or waiting; more are refused at once. */
  readonly pending: number;
}

export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  fetchTimeout: 10_000,
  connectTimeout: 2_000,
  answerBytes: 16 * 1024 * 1024,
  connections: 128,
  pending: 2_000,
};

/** The part of a fetch that belongs to its request. */
export interface FetchRequest {
  readonly body: string;
  /** The values of the context header, which a subgraph accepts once; absent sends none. */
  readonly context: FetchContexts | undefined;
  /** Further headers, name and value in turn. */
  readonly headers: readonly string[] | undefined;
  /** Milliseconds left for it. */
  readonly timeout: number;
  /** Leaves the parsing of a good answer to the caller, where the client can: the result is then `AnswerBytes`. */
  readonly asBytes?: boolean | undefined;
  /** A query may be sent once more, when the connection broke before any answer or the subgraph answers 503. */
  readonly repeatable: boolean;
  /** Fetches under way, so that all of a request can be aborted together. */
  readonly active: Set<ActiveFetch>;
  /** For a subgraph of the hub's own: makes further fetches whose values stay inside. */
  readonly inside?: InsideFetches | undefined;
  /** Told the HTTP status and the headers of the answer, where somebody wants to know. */
  readonly onResponse?: ((status: number, headers: IncomingHttpHeaders) => void) | undefined;
}

export interface ActiveFetch {
  readonly subgraph: string;
  /** Gives it up; by default as one that took too long. */
  abort(as?: Failure): void;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;
/** Wait before a fetch is sent again after a 503 that does not say how long, milliseconds. */
const RETRY_MS = 100;

/** Sends fetches to one subgraph. */
export interface FetchClient {
  readonly peer: Peer;
  readonly limits: FetchLimits;
  /** Several fetches in a row have waited for it in vain. */
  readonly isHung?: boolean;
  /** @returns the parsed answer, or why there is none; never rejects */
  fetch(request: FetchRequest): Promise<unknown>;
  close(): Promise<void>;
}

/** The client of one subgraph: a pool of kept-alive connections to its origin. */
export class SubgraphClient implements FetchClient {
  readonly peer: Peer;
  private readonly pool: Pool;
  private readonly path: string;
  private readonly authorization: string | undefined;
  private readonly breaker = new Breaker();
  private readonly repeats = new RepeatBudget();
  private pending = 0;

  constructor(
    readonly name: string,
    url: string,
    readonly limits: FetchLimits,
  ) {
    const { pathname, hostname, port, protocol } = new URL(url);
    const { origin, path, authorization } = readSubgraphAddress(url);
    this.path = path;
    this.authorization = authorization;
    const scheme = protocol === 'https:' ? 'https' : 'http';
    const address = hostname.replace(/^\[|\]$/g, '');
    this.peer = { scheme, address, port: port === '' ? DEFAULT_PORTS[scheme] : Number(port), path: pathname };
    this.pool = new Pool(origin, {
      connections: limits.connections,
      connectTimeout: limits.connectTimeout,
      // Every fetch has one timer of its own, which counts the wait for a connection as well.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: limits.answerBytes,
      pipelining: 1,
    });
  }

  fetch(request: FetchRequest): Promise<unknown> {
    const { name, pool, path, authorization, breaker, repeats, limits } = this;
    if (this.pending >= limits.pending) return Promise.resolve(toUnavailable(name));
    const admission = breaker.admit(performance.now());
    if (admission === 'refused') return Promise.resolve(toHung(name));
    this.pending++;
    repeats.add();
    return new Promise((resolve) => {
      const to = { subgraph: name, pool, path, authorization, repeats };
      new Fetch(to, request, limits.answerBytes, (result, hung) => {
        this.pending--;
        // Little time left at the end of a request tells nothing of the subgraph.
        const isTold = hung !== true || request.timeout >= limits.fetchTimeout / 2;
        breaker.end(admission, isTold ? hung : undefined, performance.now());
        resolve(result);
      }).start();
    });
  }

  get isHung(): boolean {
    return this.breaker.isOpen;
  }

  /** Ends idle connections now and busy ones when they are done. */
  close(): Promise<void> {
    return this.pool.close();
  }
}

/** Destination of a subgraph's fetches, shared by all of them. */
interface Destination {
  readonly subgraph: string;
  readonly pool: Pool;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly repeats: RepeatBudget;
}

class Fetch implements ActiveFetch, Dispatcher.DispatchHandler {
  readonly subgraph: string;
  private readonly timer: NodeJS.Timeout;
  /** Time at which it is given up, `performance.now()` milliseconds. */
  private readonly deadline: number;
  private again: NodeJS.Timeout | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private encoding: string | undefined;
  private retryAfter: string | undefined;
  private chunks: Buffer[] = [];
  private size = 0;
  private done = false;
  private repeatable: boolean;
  /** It may be sent again after a 503. */
  private retryable: boolean;

  constructor(
    private readonly to: Destination,
    private readonly request: FetchRequest,
    private readonly answerBytes: number,
    /** `hung`: no answer came in time; undefined where it was given up before. */
    private readonly onResult: (result: unknown, hung: boolean | undefined) => void,
  ) {
    this.subgraph = to.subgraph;
    this.repeatable = this.retryable = request.repeatable;
    this.deadline = performance.now() + request.timeout;
    this.timer = setTimeout(() => this.end(toTimeout(to.subgraph), true), request.timeout);
  }

  start(): void {
    const { body, headers } = this.request;
    const context = this.request.context?.sign();
    const list = ['content-type', 'application/json', 'accept', 'application/json, application/graphql-response+json'];
    const { pool, path, authorization } = this.to;
    if (authorization !== undefined) list.push('authorization', authorization);
    if (context !== undefined) list.push(CONTEXT_HEADER, context);
    if (headers) list.push(...headers);
    this.request.active.add(this);
    pool.dispatch({ path, method: 'POST', headers: list, body }, this);
  }

  abort(as = toTimeout(this.subgraph)): void {
    this.end(as, undefined);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It timed out while it waited for a connection.
    if (this.done) controller.abort(new Error('no longer needed'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.encoding = headers['content-encoding']?.toString();
    this.retryAfter = headers['retry-after']?.toString();
    this.request.onResponse?.(status, headers);
    this.repeatable = false;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.done) return;
    this.size += chunk.length;
    if (this.size > this.answerBytes) this.end(toBadAnswer(this.subgraph, 'the answer is too large'));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.done) return;
    if (this.status === 503 && this.retryable && this.sendAgainLater()) return;
    const body = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    if (!isEncoded(this.encoding)) this.read(body);
    else
      decodeContent(body, this.encoding, this.answerBytes).then(
        (decoded) => this.read(decoded),
        () => this.end(toBadAnswer(this.subgraph, 'its content encoding cannot be undone')),
      );
  }

  /** Sends it once more after a 503: when the subgraph says that it will be back, where it says so, or soon.
   *  @returns false when that is later than anybody waits */
  private sendAgainLater(): boolean {
    const wait = readRetryAfter(this.retryAfter, Date.now()) ?? RETRY_MS;
    if (performance.now() + wait >= this.deadline || !this.to.repeats.take()) return false;
    this.retryable = false;
    this.again = setTimeout(() => this.sendAgain(), wait);
    return true;
  }

  private sendAgain(): void {
    this.chunks = [];
    this.size = 0;
    this.start();
  }

  private read(body: Buffer): void {
    if (this.done) return;
    // Nothing was done for a context that is refused, so even a mutation is sent again.
    if (this.status === 401 && this.request.context?.changeKey()) return this.sendAgain();
    if (this.request.asBytes && this.status === 200) return this.end(new AnswerBytes(body));
    this.end(readAnswer(this.subgraph, this.status, toText(body)));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    if (this.done) return;
    const isBroken = error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET';
    if (this.repeatable && isBroken && this.to.repeats.take()) {
      this.repeatable = false;
      this.start();
    } else if (error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
      this.end(toBadAnswer(this.subgraph, 'the answer is too large'));
    else if (error.code?.startsWith('HPE_')) this.end(toBadAnswer(this.subgraph, 'the answer is not HTTP'));
    else this.end(toUnavailable(this.subgraph), error.code === 'UND_ERR_CONNECT_TIMEOUT');
  }

  private end(result: unknown, hung: boolean | undefined = false): void {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.timer);
    clearTimeout(this.again);
    this.chunks = [];
    this.request.active.delete(this);
    if (result instanceof Failure) this.controller?.abort(new Error('no longer needed'));
    this.onResult(result, hung);
  }
}

/** Wait that a `retry-after` header asks for, in seconds or until a date; undefined where there is none.
 *  @param now  milliseconds since the epoch
 *  @returns  milliseconds
 *  @source RFC 9110 section 10.2.3 */
function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(date - now, 0);
}

import { Pool, type Dispatcher } from 'undici';
import { CONTEXT_HEADER } from '../../shared/trust/signed-context.js';
import type { Peer } from '../tracing/trace.js';
import { Failure } from './failure.js';

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
  /** Makes the value of the context header, which a subgraph accepts once; called each time it is sent. */
  readonly context: () => string | undefined;
  /** Further headers, name and value in turn. */
  readonly headers: readonly string[] | undefined;
  /** Milliseconds left for it. */
  readonly timeout: number;
  /** A query may be sent once more when the connection broke before any answer. */
  readonly repeatable: boolean;
  /** Fetches under way, so that all of a request can be aborted together. */
  readonly active: Set<ActiveFetch>;
  /** Told the HTTP status of the answer, where somebody traces it. */
  readonly onStatus?: ((status: number) => void) | undefined;
}

export interface ActiveFetch {
  readonly subgraph: string;
  /** Gives it up; by default as one that took too long. */
  abort(as?: Failure): void;
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** The client of one subgraph: a pool of kept-alive connections to its origin. */
export class SubgraphClient {
  readonly peer: Peer;
  private readonly pool: Pool;
  private readonly path: string;
  private pending = 0;

  constructor(
    readonly name: string,
    url: string,
    readonly limits: FetchLimits,
  ) {
    const { origin, pathname, search, hostname, port, protocol } = new URL(url);
    this.path = pathname + search;
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

  /** @returns the parsed answer, or why there is none; never rejects */
  fetch(request: FetchRequest): Promise<unknown> {
    if (this.pending >= this.limits.pending) return Promise.resolve(toUnavailable(this.name));
    this.pending++;
    return new Promise((resolve) => {
      new Fetch(this.name, this.pool, this.path, request, this.limits.answerBytes, (result) => {
        this.pending--;
        resolve(result);
      }).start();
    });
  }

  /** Ends idle connections now and busy ones when they are done. */
  close(): Promise<void> {
    return this.pool.close();
  }
}

class Fetch implements ActiveFetch, Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private chunks: Buffer[] = [];
  private size = 0;
  private done = false;
  private repeatable: boolean;

  constructor(
    readonly subgraph: string,
    private readonly pool: Pool,
    private readonly path: string,
    private readonly request: FetchRequest,
    private readonly answerBytes: number,
    private readonly onResult: (result: unknown) => void,
  ) {
    this.repeatable = request.repeatable;
    this.timer = setTimeout(() => this.end(toTimeout(subgraph)), request.timeout);
  }

  start(): void {
    const { body, headers } = this.request;
    const context = this.request.context();
    const list = ['content-type', 'application/json', 'accept', 'application/json, application/graphql-response+json'];
    if (context !== undefined) list.push(CONTEXT_HEADER, context);
    if (headers) list.push(...headers);
    this.request.active.add(this);
    this.pool.dispatch({ path: this.path, method: 'POST', headers: list, body }, this);
  }

  abort(as = toTimeout(this.subgraph)): void {
    this.end(as);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It timed out while it waited for a connection.
    if (this.done) controller.abort(new Error('no longer needed'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.status = status;
    this.request.onStatus?.(status);
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
    const body = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    let answer: unknown;
    try {
      answer = JSON.parse(body.toString('utf8'));
    } catch {
      answer = undefined;
    }
    const isGraphQL = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
    if (isGraphQL && (this.status < 300 || this.status >= 400)) this.end(answer);
    else if (this.status >= 500) this.end(toUnavailable(this.subgraph));
    else this.end(toBadAnswer(this.subgraph, this.status === 200 ? 'the answer is not GraphQL' : 'unexpected status'));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    if (this.done) return;
    if (this.repeatable && (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET')) {
      this.repeatable = false;
      this.start();
    } else if (error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
      this.end(toBadAnswer(this.subgraph, 'the answer is too large'));
    else if (error.code?.startsWith('HPE_')) this.end(toBadAnswer(this.subgraph, 'the answer is not HTTP'));
    else this.end(toUnavailable(this.subgraph));
  }

  private end(result: unknown): void {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.timer);
    this.chunks = [];
    this.request.active.delete(this);
    if (result instanceof Failure) this.controller?.abort(new Error('no longer needed'));
    this.onResult(result);
  }
}

export const toUnavailable = (subgraph: string) =>
  new Failure('SUBGRAPH_UNAVAILABLE', `Subgraph ${subgraph} could not be reached. Try again later.`, { subgraph });
export const toTimeout = (subgraph: string) =>
  new Failure('SUBGRAPH_TIMEOUT', `Subgraph ${subgraph} did not answer in time. Try again later.`, { subgraph });
export const toInterrupted = (subgraph: string) =>
  new Failure(
    'GRANTS_STALE',
    `The grants changed while the operation ran, so subgraph ${subgraph} was asked no further. Ask again.`,
    { subgraph },
  );
export const toBadAnswer = (subgraph: string, reason?: string) =>
  new Failure('SUBGRAPH_BAD_ANSWER', `Subgraph ${subgraph} gave an answer that cannot be used.`, {
    subgraph,
    ...(reason ? { reason } : {}),
  });

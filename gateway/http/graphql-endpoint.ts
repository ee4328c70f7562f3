import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { HubError, type Caller, type Language } from '../../shared/kernel/index.js';
import type { RequestContext } from '../request/request-context.js';
import type { OperationParameters, RequestOutcome } from '../request/request-outcome.js';
import type { GraphHolder, Lease } from '../supergraph/graph-holder.js';
import { runStage } from '../tracing/trace.js';
import type { ApolloAdapter } from './apollo-adapter.js';
import { compress, encodingFor } from './compress-answer.js';
import type { CrossOrigin } from './cors.js';
import { refusalHeaders, refusalStatus, refusalText, toPublicError } from './error-response.js';
import { recordFailure, type HttpRejections } from './http-rejections.js';
import { IncomingRequest, type RequestObservers } from './incoming-request.js';
import { GRAPHQL_RESPONSE, responseTypeFor, type ResponseType } from './media-types.js';
import type { HubMetrics } from './metrics.js';
import type { OperationHandler, OperationPreparer } from './operation-handler.js';
import { outcomeLabel } from './outcome-label.js';
import { parseBodyParameters, parseUrlParameters } from './parse-operation-parameters.js';
import { PendingResponse } from './pending-response.js';
import { writeAndHangUp, writeText } from './reply.js';
import { ClientGone, readJsonBody } from './request-body.js';
import {
  preventForgery,
  readFreshnessWish,
  readLanguage,
  readScenario,
  readVariant,
  refuseDuplicates,
} from './request-headers.js';
import type { PersistedQueries } from './persisted-queries.js';
import { withDeadline } from './with-deadline.js';
import { say } from '../request/messages/index.js';

/** Everything that one GraphQL address needs. */
export interface EndpointOptions<E extends OperationPreparer> {
  readonly holder: GraphHolder<E>;
  readonly apollo: ApolloAdapter<E>;
  readonly persisted: PersistedQueries;
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** Takes the graph that a department tries; absent where none is tried. */
  readonly acquireVariant?: AcquireVariant<E> | undefined;
  readonly execute: OperationHandler<E>;
  readonly record: (context: RequestContext<E>, outcome: RequestOutcome) => Promise<void>;
  /** Records requests that are rejected before they have a context; absent where nothing is recorded. */
  readonly rejections: HttpRejections | undefined;
  /** True while more requests are in flight than the hub accepts. */
  readonly isBusy: () => boolean;
  readonly metrics: HubMetrics;
  readonly observers: RequestObservers;
  readonly cors: CrossOrigin;
  readonly limits: EndpointLimits;
  /** Callers without a token are served; permissive mode only. */
  readonly anonymous: boolean;
  readonly production: boolean;
  /** Language of refusals for callers that name none. */
  readonly language: Language;
  /** Compresses answers for clients that accept it. */
  readonly compress: boolean;
  readonly onFault: (error: unknown, requestId: string) => void;
}
/** Takes a graph that the caller's department tries under a name, for one request.
 *  @throws HubError VARIANT_UNKNOWN, VARIANT_REFUSED */
export type AcquireVariant<E> = (
  name: string,
  caller: Caller | undefined,
) => Promise<{ readonly lease: Lease<E>; readonly release: () => void }>;
export interface EndpointLimits {
  /** Largest request body, bytes. */
  readonly bodyBytes: number;
  /** Time after which the operation is cut short and answered with the data fetched so far, milliseconds. */
  readonly deadlineMs: number;
  /** Further time for cutting it short before the request fails, milliseconds. */
  readonly graceMs: number;
  /** Longest wait for the access record, milliseconds. */
  readonly recordMs: number;
}

const METHODS = 'GET, POST, OPTIONS';

/** Serves GraphQL over HTTP at one address: HTTP limits, identify, prepare, execute, record, write, in this order.
 *
 *  - POST takes `application/json` in UTF-8. GET takes queries only and answers 405 to a mutation.
 *  - The answer is `application/graphql-response+json`, or `application/json` where the client prefers that. A client
 *    that states no preference (no Accept header, or any type) gets the former.
 *  - Statuses: see `refusalStatus`. An executed operation is 200 whatever its fields ended with.
 *  - Every request is recorded exactly once, before the first byte of its answer, also one that
 *    is rejected before it has a context (a flood of those is counted together, see `HttpRejections`). When the record
 *    fails the answer is 503 and nothing else.
 *  @source GraphQL over HTTP (working draft), share-rules sections 3 and 5 */
export class GraphQLEndpoint<E extends OperationPreparer> {
  constructor(private readonly options: EndpointOptions<E>) {}

  /** Never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    search: string,
    requestId: string,
  ): Promise<void> {
    const { holder, metrics, cors, onFault, production } = this.options;
    const language = readLanguage(request.headers, this.options.language);
    if (request.method === 'OPTIONS') return this.#answerPreflight(request, response, requestId);
    const incoming = new IncomingRequest(request, response, path, requestId, this.options.observers);
    const extra = cors.headers(request);
    let type: ResponseType = GRAPHQL_RESPONSE;
    let lease: Lease<E> | undefined;
    try {
      type = responseTypeFor(request.headers.accept);
      if (this.options.isBusy()) throw new HubError('TOO_MANY_REQUESTS', say('http.busy'));
      const parameters = await this.#readParameters(request, search);
      const scenario = readScenario(request.headers);
      const variant = readVariant(request.headers);
      lease = holder.acquire();
      if (!lease) throw new HubError('NOT_READY', say('http.noGraph'));
      const context: RequestContext<E> = {
        requestId,
        endpoint: path,
        receivedAt: incoming.receivedAt,
        peer: request.socket.remoteAddress,
        scenario,
        freshness: parameters.freshness === true || readFreshnessWish(request.headers),
        language,
        activeGraph: lease,
        caller: undefined,
        traceparent: incoming.traceparent,
        trace: incoming.trace,
      };
      const held = lease;
      lease = undefined;
      await this.#respond(new PendingResponse(context, parameters, incoming, type, extra, variant), held);
    } catch (error) {
      if (lease) holder.release(lease);
      if (error instanceof ClientGone) {
        metrics.refused('ABANDONED');
        return incoming.reportEnd(0, 'ABANDONED');
      }
      let rejection = toPublicError(error, requestId);
      if (rejection.code === 'INTERNAL') onFault(error, requestId);
      rejection = (await this.#recordRejection(incoming, rejection)) ?? rejection;
      metrics.refused(rejection.code);
      const status = refusalStatus(rejection, type);
      const headers = [...refusalHeaders(rejection), ...extra];
      writeAndHangUp(request, response, status, type, refusalText(rejection, language, production), requestId, headers);
      incoming.reportEnd(status, rejection.code);
    }
  }

  #recordRejection({ request, requestId, receivedAt, milliseconds, trace }: IncomingRequest, error: HubError) {
    const rejection = { requestId, receivedAt, milliseconds, error };
    return runStage(trace, 'record', () => this.options.rejections?.record(rejection, request));
  }

  #answerPreflight(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    const headers = this.options.cors.preflight(request, METHODS);
    response.writeHead(204, ['allow', METHODS, 'x-request-id', requestId, ...headers]).end();
  }

  async #readParameters(request: IncomingMessage, search: string): Promise<OperationParameters> {
    refuseDuplicates(request);
    if (request.method === 'POST')
      return parseBodyParameters(await readJsonBody(request, this.options.limits.bodyBytes));
    if (request.method !== 'GET') {
      throw new HubError('METHOD_NOT_ALLOWED', say('http.methods', { methods: METHODS }), { allow: METHODS });
    }
    preventForgery(request);
    return parseUrlParameters(search);
  }

  async #respond(pending: PendingResponse<E>, lease: Lease<E>): Promise<void> {
    const { holder, limits, metrics, production, onFault, record } = this.options;
    const { context, incoming } = pending;
    const { requestId, trace, language } = context;
    metrics.inFlight++;
    let text: string | Buffer;
    // The lease lasts until the work ends, even when the answer no longer waits for it.
    const work = this.#answer(pending).finally(() => {
      holder.release(lease);
      pending.releaseVariant?.();
    });
    try {
      text = await withDeadline(work, limits.deadlineMs + limits.graceMs, () => {
        throw new HubError('DEADLINE_EXCEEDED', say('http.tooLong', { milliseconds: limits.deadlineMs }));
      });
    } catch (error) {
      pending.error = toPublicError(error, requestId);
      if (pending.error.code === 'INTERNAL' && !(error instanceof ClientGone)) onFault(error, requestId);
      text = refusalText(pending.error, language, production);
    }
    // Meanwhile the record is written.
    const packing = pending.error ? undefined : this.#compress(incoming, text);
    let outcome = pending.outcome();
    try {
      await withDeadline(
        runStage(trace, 'record', () => record(context, outcome)),
        limits.recordMs,
        () => {
          throw new Error(`The access record was not on disk after ${limits.recordMs} ms.`);
        },
      );
    } catch (error) {
      onFault(error, requestId);
      pending.error = recordFailure();
      outcome = pending.outcome();
      text = refusalText(pending.error, language, production);
    }
    const packed = await packing;
    if (!pending.error && (await this.#isOutdated(pending))) {
      pending.error = new HubError('GRANTS_STALE', say('caller.grantsChanged'));
      outcome = pending.outcome();
      text = refusalText(pending.error, language, production);
    }
    if (pending.error || incoming.response.destroyed) {
      // Nothing leaves. Work that the answer no longer waits for may still take uses of a quota.
      const takeBack = () => context.takeBack?.().catch((error: unknown) => onFault(error, requestId));
      void work.then(takeBack, takeBack);
    }
    metrics.count(outcome, context.caller?.department);
    metrics.inFlight--;
    if (pending.error) {
      const headers = [...refusalHeaders(pending.error), ...pending.extra];
      writeText(incoming.response, outcome.status, pending.type, text, requestId, headers);
    } else {
      const headers = packed ? [...packed.headers, ...pending.extra] : pending.extra;
      writeText(incoming.response, outcome.status, pending.type, packed?.body ?? text, requestId, headers);
    }
    incoming.reportEnd(outcome.status, outcomeLabel(outcome), () => pending.traceAttributes());
  }

  /** Goes on with the graph that the caller asks for by name, where it does. */
  async #takeVariant(pending: PendingResponse<E>): Promise<void> {
    const { variant, context } = pending;
    if (variant === undefined) return;
    const { acquireVariant } = this.options;
    if (!acquireVariant) throw new HubError('VARIANT_UNKNOWN', say('variant.off'));
    const { lease, release } = await acquireVariant(variant, context.caller);
    context.activeGraph = lease;
    pending.releaseVariant = release;
  }

  /** Compresses an answer where the client accepts it. Refusals are not compressed: they repeat what was sent.
   *  @returns undefined where it goes out as it is */
  async #compress({ request, requestId }: IncomingRequest, text: string | Buffer) {
    const encoding = this.options.compress ? encodingFor(request.headers['accept-encoding'], text) : undefined;
    if (!encoding) return undefined;
    try {
      return {
        body: await compress(text, encoding),
        headers: ['content-encoding', encoding, 'vary', 'accept-encoding'],
      };
    } catch (error) {
      this.options.onFault(error, requestId);
      return undefined;
    }
  }

  /** True when what a query is answered has been withdrawn since: its record may have waited for its storage, and the hub
   *  answers nothing under a decision that it cannot confirm. A mutation is made, and is told so. */
  async #isOutdated({ context, operation }: PendingResponse<E>): Promise<boolean> {
    if (operation?.kind !== 'query' || !context.decision?.holds) return false;
    const holds = await context.decision.holds().catch(() => false);
    return !holds;
  }

  /** Identifies the caller, prepares the operation and executes it.
   *  @returns the answer as JSON text, or its bytes */
  async #answer(pending: PendingResponse<E>): Promise<string | Buffer> {
    const { identify, execute, apollo, persisted, limits, anonymous, production } = this.options;
    const { context, parameters, incoming } = pending;
    const { request, response, trace } = incoming;
    const caller = await runStage(trace, 'identify', () => identify(request.headers));
    if (!caller && !anonymous) throw new HubError('UNAUTHENTICATED', say('http.noToken'));
    context.caller = caller;
    await this.#takeVariant(pending);
    const { engine } = context.activeGraph;
    const department = caller?.department ?? '';
    const text = persisted.resolve(department, parameters);
    const prepared = runStage(trace, 'prepare', () => engine.prepare(text, parameters.operationName));
    const operation = prepared instanceof Promise ? await prepared : prepared;
    pending.operation = operation;
    persisted.keep(department, parameters, text);
    if (request.method === 'GET' && operation.kind !== 'query')
      throw new HubError('METHOD_NOT_ALLOWED', say('http.getRunsQueries'), {
        allow: 'POST',
      });
    if (!caller && production && operation.introspection)
      throw new HubError('INTROSPECTION_DISABLED', say('http.introspection'));
    const abort = new AbortController();
    const onClose = (): void => {
      if (!response.writableFinished) abort.abort(new ClientGone());
    };
    const deadline = setTimeout(() => {
      abort.abort(new HubError('DEADLINE_EXCEEDED', say('http.tooLong', { milliseconds: limits.deadlineMs })));
    }, limits.deadlineMs).unref();
    response.once('close', onClose);
    try {
      if (response.destroyed) abort.abort(new ClientGone());
      if (!apollo.isStarted) await apollo.start();
      return await apollo.run({
        parameters,
        text,
        operation,
        execute: async () => (pending.answer = await execute(context, operation, parameters.variables, abort.signal)),
      });
    } finally {
      clearTimeout(deadline);
      response.off('close', onClose);
    }
  }
}

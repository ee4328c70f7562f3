import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { GraphHolder, Lease } from '../supergraph/graph-holder.js';
import { staged } from '../tracing/trace.js';
import type { ApolloCarrier } from './apollo.js';
import { Arrival, type Followers } from './arrival.js';
import type { CrossOrigin } from './cors.js';
import { endedAs } from './ended-as.js';
import type { Exchange, Execute, OperationRequest, Outcome, PreparingEngine } from './exchange.js';
import { GRAPHQL_RESPONSE, responseTypeFor, type ResponseType } from './media-types.js';
import type { HubMetrics } from './metrics.js';
import { parametersOfBody, parametersOfUrl } from './operation-request.js';
import { refusalHeaders, refusalStatus, refusalText, shown } from './refusal.js';
import { writeAndHangUp, writeText } from './reply.js';
import { ClientGone, readJsonBody } from './request-body.js';
import { preventForgery, refuseDuplicates, scenarioOf } from './request-headers.js';
import { Visit, type Open } from './visit.js';
import { unrecorded, type WireRefusals } from './wire-refusals.js';
import { within } from './within.js';

/** What one GraphQL address is made of. */
export interface EndpointOptions<E extends PreparingEngine> {
  readonly holder: GraphHolder<E>;
  readonly carrier: ApolloCarrier<E>;
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  readonly execute: Execute<E>;
  readonly record: (exchange: Exchange<E>, outcome: Outcome) => Promise<void>;
  /** Keeps what is refused before it is an exchange; absent where nothing is recorded. */
  readonly refusals: WireRefusals | undefined;
  /** Whether more requests are under way than the hub takes. */
  readonly busy: () => boolean;
  readonly metrics: HubMetrics;
  readonly followers: Followers;
  readonly cors: CrossOrigin;
  readonly limits: EndpointLimits;
  /** Callers without a token are served; permissive mode only. */
  readonly anonymous: boolean;
  readonly production: boolean;
  readonly onFault: (error: unknown, requestId: string) => void;
}
export interface EndpointLimits {
  /** Largest request body, bytes. */
  readonly bodyBytes: number;
  /** After this the operation is cut short and what there is is answered, milliseconds. */
  readonly deadlineMs: number;
  /** How much longer the cutting short may take before the request fails, milliseconds. */
  readonly graceMs: number;
  /** Longest wait for the access record, milliseconds. */
  readonly recordMs: number;
}

const METHODS = 'GET, POST, OPTIONS';

/** Serves GraphQL over HTTP at one address: wire limits, identify, prepare, execute, record, write, in this order.
 *
 *  - POST takes `application/json` in UTF-8. GET takes queries only and answers 405 to a mutation.
 *  - The answer is `application/graphql-response+json`, or `application/json` where the client prefers that. A client
 *    that states no preference (no Accept header, or any type) gets the former.
 *  - Statuses: see `refusalStatus`. An executed operation is 200 whatever its fields ended with.
 *  - Every request is recorded exactly once, before the first byte of its answer, also one that never becomes an exchange
 *    (a flood of those is counted together, see `WireRefusals`); when the record fails the answer is 503 and nothing else.
 *  @source GraphQL over HTTP (working draft), share-rules sections 3 and 5 */
export class GraphQLEndpoint<E extends PreparingEngine> {
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
    if (request.method === 'OPTIONS') return this.#preflight(request, response, requestId);
    const arrival = new Arrival(request, response, path, requestId, this.options.followers);
    const extra = cors.headers(request);
    let type: ResponseType = GRAPHQL_RESPONSE;
    let lease: Lease<E> | undefined;
    try {
      type = responseTypeFor(request.headers.accept);
      if (this.options.busy())
        throw new HubError('TOO_MANY_REQUESTS', 'The hub is busy with other requests. Try again soon.');
      const operationRequest = await this.#read(request, search);
      const scenario = scenarioOf(request.headers);
      lease = holder.acquire();
      if (!lease) throw new HubError('NOT_READY', 'The hub has no graph to serve yet. Try again soon.');
      const exchange: Open<Exchange<E>> = {
        requestId,
        endpoint: path,
        receivedAt: arrival.receivedAt,
        peer: request.socket.remoteAddress,
        scenario,
        serving: lease,
        caller: undefined,
        traceparent: arrival.traceparent,
        trace: arrival.trace,
      };
      const held = lease;
      lease = undefined;
      await this.#serve(new Visit(exchange, operationRequest, arrival, type, extra), held);
    } catch (error) {
      if (lease) holder.release(lease);
      if (error instanceof ClientGone) {
        metrics.refused('ABANDONED');
        return arrival.ended(0, 'ABANDONED');
      }
      let refusal = shown(error, requestId);
      if (refusal.code === 'INTERNAL') onFault(error, requestId);
      refusal = (await this.#keep(arrival, refusal)) ?? refusal;
      metrics.refused(refusal.code);
      const status = refusalStatus(refusal, type);
      const headers = [...refusalHeaders(refusal), ...extra];
      writeAndHangUp(request, response, status, type, refusalText(refusal, production), requestId, headers);
      arrival.ended(status, refusal.code);
    }
  }

  #keep({ request, requestId, receivedAt, milliseconds, trace }: Arrival, error: HubError) {
    const refusal = { requestId, receivedAt, milliseconds, error };
    return staged(trace, 'record', () => this.options.refusals?.keep(refusal, request));
  }

  #preflight(request: IncomingMessage, response: ServerResponse, requestId: string): void {
    const headers = this.options.cors.preflight(request, METHODS);
    response.writeHead(204, ['allow', METHODS, 'x-request-id', requestId, ...headers]).end();
  }

  async #read(request: IncomingMessage, search: string): Promise<OperationRequest> {
    refuseDuplicates(request);
    if (request.method === 'POST') return parametersOfBody(await readJsonBody(request, this.options.limits.bodyBytes));
    if (request.method !== 'GET') {
      throw new HubError('METHOD_NOT_ALLOWED', `This address takes ${METHODS}.`, { allow: METHODS });
    }
    preventForgery(request);
    return parametersOfUrl(search);
  }

  async #serve(visit: Visit<E>, lease: Lease<E>): Promise<void> {
    const { holder, limits, metrics, production, onFault, record } = this.options;
    const { exchange, arrival } = visit;
    const { requestId, trace } = exchange;
    metrics.inFlight++;
    let text: string;
    try {
      // The graph is held until the work ends, also when the answer did not wait for it.
      const work = this.#decide(visit).finally(() => holder.release(lease));
      text = await within(work, limits.deadlineMs + limits.graceMs, () => {
        throw new HubError('DEADLINE_EXCEEDED', `The operation took longer than ${limits.deadlineMs} ms.`);
      });
    } catch (error) {
      visit.error = shown(error, requestId);
      if (visit.error.code === 'INTERNAL' && !(error instanceof ClientGone)) onFault(error, requestId);
      text = refusalText(visit.error, production);
    }
    let outcome = visit.outcome();
    try {
      await within(
        staged(trace, 'record', () => record(exchange, outcome)),
        limits.recordMs,
        () => {
          throw new Error(`The access record was not on disk after ${limits.recordMs} ms.`);
        },
      );
    } catch (error) {
      onFault(error, requestId);
      visit.error = unrecorded();
      outcome = visit.outcome();
      text = refusalText(visit.error, production);
    }
    metrics.count(outcome, exchange.caller?.department);
    metrics.inFlight--;
    const headers = visit.error ? [...refusalHeaders(visit.error), ...visit.extra] : visit.extra;
    writeText(arrival.response, outcome.status, visit.type, text, requestId, headers);
    arrival.ended(outcome.status, endedAs(outcome), () => visit.attributes());
  }

  /** Everything between a well-formed request and its answer.
   *  @returns the answer as JSON text */
  async #decide(visit: Visit<E>): Promise<string> {
    const { identify, execute, carrier, limits, anonymous, production } = this.options;
    const { exchange, request, arrival } = visit;
    const { request: http, response, trace } = arrival;
    const caller = await staged(trace, 'identify', () => identify(http.headers));
    if (!caller && !anonymous) throw new HubError('UNAUTHENTICATED', 'Send an access token: authorization: Bearer …');
    exchange.caller = caller;
    const { engine } = exchange.serving;
    const prepared = staged(trace, 'prepare', () => engine.prepare(request.query, request.operationName));
    const operation = prepared instanceof Promise ? await prepared : prepared;
    visit.operation = operation;
    if (http.method === 'GET' && operation.kind !== 'query')
      throw new HubError('METHOD_NOT_ALLOWED', 'A GET request runs queries only. Send a mutation by POST.', {
        allow: 'POST',
      });
    if (!caller && production && operation.introspection)
      throw new HubError('INTROSPECTION_DISABLED', 'The schema is shown to signed-in callers only.');
    const abort = new AbortController();
    const onClose = (): void => {
      if (!response.writableFinished) abort.abort(new ClientGone());
    };
    const deadline = setTimeout(() => {
      abort.abort(new HubError('DEADLINE_EXCEEDED', `The operation took longer than ${limits.deadlineMs} ms.`));
    }, limits.deadlineMs).unref();
    response.once('close', onClose);
    try {
      if (response.destroyed) abort.abort(new ClientGone());
      if (!carrier.up) await carrier.start();
      return await carrier.run({
        request,
        operation,
        execute: async () => (visit.answer = await execute(exchange, operation, request.variables, abort.signal)),
      });
    } finally {
      clearTimeout(deadline);
      response.off('close', onClose);
    }
  }
}

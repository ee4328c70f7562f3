import type { Caller, HubError } from '../../shared/kernel/index.js';
import type { Answer } from '../execution/answer.js';
import type { Operation } from '../operation/operation.js';
import type { Closable, Serving } from '../supergraph/graph-holder.js';
import type { RequestTrace } from '../tracing/trace.js';

/** What the wire needs of an engine: checked operations, cached by text. */
export interface PreparingEngine extends Closable {
  /** @throws HubError of the operation's codes; details.errors has GraphQL errors where there are several */
  prepare(text: string, operationName: string | undefined): Operation | Promise<Operation>;
}

/** One request for an operation, from its arrival to its record. */
export interface Exchange<E = unknown> {
  /** The same in every log, header and record. */
  readonly requestId: string;
  /** Path it came to, e.g. `/graphql`. */
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Peer address of the connection. */
  readonly peer: string | undefined;
  /** Code of the scenario the caller named, as sent; whether it exists is not known yet. */
  readonly scenario: string | undefined;
  /** Graph and engine it began with and keeps. */
  readonly serving: Serving<E>;
  /** Who asks; undefined until identified, and for anonymous callers in permissive mode. */
  readonly caller: Caller | undefined;
  /** The trace that the client says it belongs to, when it says so. @source W3C Trace Context */
  readonly traceparent?: string | undefined;
  /** Present while the hub follows the request itself. */
  readonly trace?: RequestTrace | undefined;
}

/** How an exchange ended. */
export interface Outcome {
  /** HTTP status that is about to be written. */
  readonly status: number;
  readonly milliseconds: number;
  /** The client's own words, as received. */
  readonly request: OperationRequest;
  /** Absent when the request was refused before the operation was known to be good. */
  readonly operation?: Operation;
  /** What was executed; absent when the request was refused as a whole. */
  readonly answer?: Answer;
  /** Why the request was refused as a whole. */
  readonly error?: HubError;
  /** The client had gone before there was an answer, so nothing is written. */
  readonly abandoned: boolean;
}

/** The parameters of a GraphQL-over-HTTP request. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Decides, prunes, executes; everything between a good operation and its answer.
 *  @param signal  aborted when the client goes or the deadline comes; the answer is then what there is
 *  @throws HubError when the operation is refused as a whole */
export type Execute<E> = (
  exchange: Exchange<E>,
  operation: Operation,
  variables: Readonly<Record<string, unknown>> | undefined,
  signal: AbortSignal,
) => Promise<Answer>;

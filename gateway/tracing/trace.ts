/** The stages of a request in their order. Each is a span below the request's own; there is one for each fetch. */
export type Stage = 'identify' | 'prepare' | 'decide' | 'plan' | 'fetch' | 'record';

/** The attributes that a span may have, by the names of OpenTelemetry's semantic conventions (HTTP spans and GraphQL server
 *  spans, version 1.37) and under `sharehub.` what those do not know. Never a token, a variable, a literal, a value of the data or an identifier of a subject. */
export interface TraceAttributes {
  'sharehub.request_id'?: string;
  /** SHA-256 of the operation, hex. */
  'sharehub.operation'?: string;
  'sharehub.department'?: string;
  'sharehub.scenario'?: string;
  /** `OK`, `PARTIAL`, `ABANDONED` or the code of the error. */
  'sharehub.outcome'?: string;
  'sharehub.subgraph'?: string;
  /** Code of what went wrong on this side; absent where only the caller was at fault. */
  'error.type'?: string;
  'graphql.operation.name'?: string;
  'graphql.operation.type'?: 'query' | 'mutation';
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'http.route'?: string;
  'server.address'?: string;
  'server.port'?: number;
  'url.full'?: string;
  'url.path'?: string;
  'url.scheme'?: 'http' | 'https';
  'url.template'?: string;
}

/** Traces requests for the operator. An implementation never throws, never waits and buffers a bounded amount. */
export interface Tracing {
  /** Begins the trace of a request.
   *  @param traceparent  what the client sent, when it is well-formed */
  begin(traceparent: string | undefined, attributes: TraceAttributes): RequestTrace;
}

/** The trace of one request. */
export interface RequestTrace {
  /** Runs a stage as a span; its error, when it fails, is told by its code alone. */
  stage<T>(name: Exclude<Stage, 'fetch'>, work: () => T): T;
  fetch(subgraph: string, peer: Peer): FetchSpan;
  /** Ends the trace; the attributes are set on the request's own span, which has failed where they say `error.type`. */
  end(attributes: TraceAttributes): void;
}

/** Where a subgraph is reached, without credentials and query component. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly path: string;
}

/** The span of one fetch from a subgraph. */
export interface FetchSpan {
  /** Header value for the subgraph, so that its own spans come below this one. @source W3C Trace Context */
  readonly traceparent: string;
  /** @param status  HTTP status of its answer; undefined where there was none */
  end(failure: string | undefined, status: number | undefined): void;
}

/** Runs a stage, as a span when its request is traced. */
export const runStage = <T>(trace: RequestTrace | undefined, name: Exclude<Stage, 'fetch'>, work: () => T): T =>
  trace ? trace.stage(name, work) : work();

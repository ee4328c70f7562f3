/** What a request goes through, in this order; each is a span below the request's own, a fetch once for each fetch. */
export type Stage = 'identify' | 'prepare' | 'decide' | 'plan' | 'fetch' | 'record';

/** What a span may say. Never a token, a variable, a literal, a value of the data or an identifier of a subject. */
export interface TraceAttributes {
  'sharehub.request_id'?: string;
  /** SHA-256 of the operation, hex. */
  'sharehub.operation'?: string;
  'sharehub.department'?: string;
  'sharehub.scenario'?: string;
  /** `OK`, `PARTIAL`, `ABANDONED` or the code of the error. */
  'sharehub.outcome'?: string;
  'sharehub.subgraph'?: string;
  'graphql.operation.name'?: string;
  'graphql.operation.type'?: 'query' | 'mutation';
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'url.path'?: string;
}

/** Follows requests for the operator. Whoever implements it never throws, never waits and keeps a bounded amount. */
export interface Tracing {
  /** Begins to follow a request.
   *  @param traceparent  what the client sent, when it is well-formed */
  begin(traceparent: string | undefined, attributes: TraceAttributes): RequestTrace;
}

/** One request, being followed. */
export interface RequestTrace {
  /** Runs a stage as a span; its error, when it fails, is told by its code alone. */
  stage<T>(name: Exclude<Stage, 'fetch'>, work: () => T): T;
  fetch(subgraph: string): FetchSpan;
  /** The request has come to its end; what is said of it now is said of all of it. */
  end(attributes: TraceAttributes, failed: boolean): void;
}

/** One fetch from a subgraph, being followed. */
export interface FetchSpan {
  /** What the subgraph is sent, so that its own spans come below this one. @source W3C Trace Context */
  readonly traceparent: string;
  end(failure: string | undefined): void;
}

/** Runs a stage, as a span when its request is followed. */
export const runStage = <T>(trace: RequestTrace | undefined, name: Exclude<Stage, 'fetch'>, work: () => T): T =>
  trace ? trace.stage(name, work) : work();

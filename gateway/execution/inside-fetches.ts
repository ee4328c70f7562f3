import type { Coordinate } from '../../shared/kernel/index.js';
import type { FetchTrace } from '../request/answer.js';
import type { RequestProtections } from '../request/protections.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { Peer, RequestTrace } from '../tracing/trace.js';
import type { FetchContexts } from './context-signer.js';

/** The decision as fetches need it whose values stay inside the hub. */
export interface InsideDecision {
  readonly limits: ReleaseLimits;
  /** The signed contexts of one such fetch, as the hub's own system; undefined sends none. */
  readonly context: (subgraph: string, body: string) => FetchContexts | undefined;
}

/** Makes fetches of one operation whose values stay inside the hub. */
export interface InsideFetches extends InsideDecision {
  readonly protections: RequestProtections | undefined;
  /** Looked at before each fetch; false when the decision no longer holds. */
  mayFetch(): Promise<boolean>;
  /** Milliseconds until the operation must have ended. */
  left(): number;
  span: (subgraph: string, peer: Peer) => ReturnType<RequestTrace['fetch']> | undefined;
  /** Told of each fetch, for the record. */
  note(fetch: FetchTrace & { readonly compared: readonly Coordinate[] }): void;
}

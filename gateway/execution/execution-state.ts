import type { Release } from '../../shared/share/releases/release.js';
import type { RequestTrace } from '../tracing/trace.js';
import type { RequestProtections } from '../request/protections.js';
import type { Variables } from '../request/operation.js';
import type { FetchTrace } from '../request/answer.js';
import type { FetchContexts } from './context-signer.js';
import type { Failure } from './failure.js';
import type { InsideDecision } from './inside-fetches.js';
import type { Json } from './fetch-shape.js';
import type { Slices } from './slices/slices.js';
import type { ActiveFetch } from './subgraph-client.js';

/** The state of one operation while its plan runs. */
export interface ExecutionState {
  readonly variables: Variables;
  /** Merged data of all fetches so far; empty while these are on slices. */
  readonly data: Json;
  /** Present while nothing has to be parsed; see `toObjects`. */
  slices: Slices | undefined;
  /** True once a subgraph has reported an error at a value; see `addNote`. */
  noted: boolean;
  /** Failures without a place in the data. */
  readonly unplaced: Failure[];
  readonly traces: FetchTrace[];
  readonly active: Set<ActiveFetch>;
  readonly headers: readonly string[] | undefined;
  readonly trace: RequestTrace | undefined;
  readonly context: (subgraph: string, body: string) => FetchContexts | undefined;
  /** Of fetches that subgraphs of the hub's own make. */
  readonly inside: InsideDecision | undefined;
  /** Whose records are withheld from the caller. */
  readonly protections: RequestProtections | undefined;
  /** Looked at before each fetch; false when the decision no longer holds, so that nothing further may be fetched. */
  readonly mayFetch: () => Promise<boolean>;
  /** The first of these releases that must not be made now. */
  readonly findStopped: (releases: readonly Release[]) => Release | undefined;
  /** Time after which no fetch may run, `performance.now()` milliseconds. */
  deadline: number;
}

import type { Language } from '../../shared/kernel/index.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { RequestTrace } from '../tracing/trace.js';
import type { AnswerError } from '../request/answer.js';
import type { Denials } from '../request/denials.js';
import type { Site } from '../request/operation.js';
import type { DisputeBook } from './dispute-book.js';
import type { RequestProtections } from '../request/protections.js';
import type { CountedSite, ReleaseLimits, WrittenUses } from '../request/verdict.js';
import type { FetchContexts } from './context-signer.js';
import type { InsideDecision } from './inside-fetches.js';

/** The parameters of one execution. */
export interface ExecutionRequest {
  /** Of messages; English where absent. */
  readonly language?: Language | undefined;
  readonly denials: Denials;
  /** The error of a denied site, without its path. */
  refusal(site: Site): AnswerError;
  /** Releases that must not be made, as the decision has it; what needs them is refused in its place. */
  readonly stopped?: ReadonlySet<Release> | undefined;
  /** Masks and rows under which values are written, whatever the provider did. */
  readonly limits?: ReleaseLimits | undefined;
  /** Sites whose values are counted towards quotas, in order. */
  readonly counted?: readonly CountedSite[] | undefined;
  /** Takes the uses of an answer before it leaves; asked again of what is then written, until nothing more is refused.
   *  @returns  the parameters under which to write instead, where some of it must not leave */
  settle?(
    counted: readonly CountedSite[],
    written: ReadonlyMap<number, WrittenUses>,
  ): Promise<Pick<ExecutionRequest, 'denials' | 'refusal' | 'counted'> | undefined>;
  /** Items under correction when the answer is written; undefined where there are none. */
  disputes?(): DisputeBook | undefined;
  /** The error of a site whose values lie, in so many rows, outside the rows of the grant; without its path. */
  outOfScope?(site: Site, rows: number): AnswerError;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** The signed contexts of one fetch; undefined sends none. */
  readonly context: (subgraph: string, body: string) => FetchContexts | undefined;
  /** Of fetches that subgraphs of the hub's own make. */
  readonly inside?: InsideDecision | undefined;
  /** Whose records are withheld from the caller; absent where nobody's are. */
  readonly protections?: RequestProtections | undefined;
  /** Aborted when the client goes; fetches in flight are then given up. */
  readonly signal?: AbortSignal | undefined;
  /** The decision while the operation runs; absent where it cannot change. */
  readonly standing?: Standing | undefined;
  /** Further headers for subgraphs. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Present while the request is traced: planning and every fetch report to it. */
  readonly trace?: RequestTrace | undefined;
}

/** The state of a decision while its operation runs. */
export interface Standing {
  /** Aborted when the decision is withdrawn; the fetches of a query are then given up. */
  readonly signal: AbortSignal;
  /** Looked at before each fetch. */
  holds(): Promise<boolean>;
  /** Looked at before each fetch that sends representations.
   *  @returns  the first of these releases that must not be made now */
  findStopped(releases: readonly Release[]): Release | undefined;
  /** Looked at before the answer is written.
   *  @returns  the parameters under which to write instead, where the decision no longer holds */
  revise(): Promise<Pick<ExecutionRequest, 'denials' | 'limits' | 'refusal' | 'counted'> | undefined>;
}

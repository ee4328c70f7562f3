import type { Caller, Language } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { ActiveGraph } from '../supergraph/graph-holder.js';
import type { RequestTrace } from '../tracing/trace.js';
import type { Verdict } from './verdict.js';

/** One request for an operation, from its arrival to its record. Each stop adds what it finds out and changes nothing
 *  that an earlier one has set. */
export interface RequestContext<E = unknown> {
  /** The same in every log, header and record. */
  readonly requestId: string;
  /** Path of the request, e.g. `/graphql`. */
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Peer address of the connection. */
  readonly peer: string | undefined;
  /** Scenario code in the caller's header, not yet checked against the register. */
  readonly scenario: string | undefined;
  /** The answer is to say how current its resources are. */
  readonly freshness?: boolean | undefined;
  /** Language of refusals. */
  readonly language: Language;
  /** Graph and engine in force when the request arrived, or those that its department tries; it keeps them until it ends. */
  activeGraph: ActiveGraph<E>;
  /** Trace context of the client, where it sent one. @source W3C Trace Context */
  readonly traceparent?: string | undefined;
  /** Present while the hub traces the request. */
  readonly trace?: RequestTrace | undefined;
  /** Set by the identity stop; stays undefined for anonymous callers in permissive mode. */
  caller: Caller | undefined;
  /** Set by the permission stop; stays undefined when the request ends before it. */
  decision?: RequestDecision;
  /** Gives back what was taken of quotas; called when the answer does not leave. */
  takeBack?: (() => Promise<void>) | undefined;
  /** Uses that the answer takes of daily quotas, by grant id; absent where no quota counts. */
  countedUses?: (() => ReadonlyMap<string, number>) | undefined;
}

/** The decision on a request, with the governance it rests on. */
export interface RequestDecision {
  readonly verdict: Verdict;
  readonly snapshot: GovernanceSnapshot;
  /** Looks at governance again: false when the decision no longer gives everything that the answer holds.
   *  @throws HubError when that cannot be confirmed */
  readonly holds?: () => Promise<boolean>;
}

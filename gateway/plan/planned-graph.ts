import type { QueryPlan } from './query-plan.js';

/** One graph version of which operations can be planned. */
export interface PlannedGraph {
  readonly supergraph: string;
  /** SDL of what consumers see: `@inaccessible` parts left out, no federation machinery. */
  readonly consumerSchema: string;
  /** Plans a pruned document (see `prune`).
   *  @throws HubError INTERNAL when a field cannot be reached, PLAN_TOO_COSTLY when the search goes beyond its bounds */
  plan(query: string): QueryPlan;
}

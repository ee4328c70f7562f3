import type { FindStopped } from './origins.js';
import type { QueryPlan } from './query-plan.js';

/** One graph version of which operations can be planned. */
export interface PlannedGraph {
  readonly supergraph: string;
  /** SDL of what consumers see: `@inaccessible` parts left out, no federation machinery. */
  readonly consumerSchema: string;
  /** Labels of `@override(label:)`, by which each request chooses. */
  readonly labels: ReadonlySet<string>;
  /** Plans a pruned document (see `prune`).
   *  @param activeLabels  labels under which fields have moved; none when absent
   *  @param findStopped   tells what must not be sent to a subgraph; everything may be when absent
   *  @throws HubError FIELD_UNREACHABLE naming the field, PLAN_TOO_COSTLY when the search goes beyond its bounds */
  plan(query: string, activeLabels?: ReadonlySet<string>, findStopped?: FindStopped): QueryPlan;
}

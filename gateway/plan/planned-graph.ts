import type { FindStopped } from './stop-keys.js';
import type { QueryPlan, RequiresSelection } from './query-plan.js';
import type { SupergraphFacts } from './supergraph-facts.js';

/** One graph version of which operations can be planned. */
export interface PlannedGraph {
  /** Facts of the supergraph that execution needs. */
  readonly facts: SupergraphFacts;
  /** Labels of `@override(label:)`, by which each request chooses. */
  readonly labels: ReadonlySet<string>;
  /** Keys by which a subgraph resolves the objects of a type, as representations send them. */
  readonly keysOf: (subgraph: string, type: string) => readonly (readonly RequiresSelection[])[];
  /** True where a subgraph gives a field of an entity that it is asked for by nothing but its key. */
  readonly givesByKey: (subgraph: string, type: string, field: string) => boolean;
  /** Plans a pruned document (see `prune`).
   *  @param activeLabels  labels under which fields have moved; none when absent
   *  @param findStopped   tells which keys must not be sent to a subgraph; everything may be when absent
   *  @throws HubError FIELD_UNREACHABLE naming the field, PLAN_TOO_COSTLY when the search goes beyond its bounds */
  plan(query: string, activeLabels?: ReadonlySet<string>, findStopped?: FindStopped): QueryPlan;
}

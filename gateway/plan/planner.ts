import type { QueryPlan } from '@graphql-hive/router-query-planner';

/** One graph version, loaded in the planner. In-flight operations keep theirs until they let it go. */
export interface PlannedGraph {
  readonly supergraph: string;
  /** SDL of what consumers see: `@inaccessible` parts left out, no federation machinery, no introspection types. */
  readonly consumerSchema: string;
  /** Plans a pruned document (see `prune`).
   *  @throws HubError INTERNAL when the planner cannot plan it, takes too long, or died of it twice */
  plan(query: string): Promise<QueryPlan>;
  /** Lets the planner forget the graph. */
  close(): void;
}

/** The planner process, restarted whenever it dies, with its graphs loaded again. */
export interface Planner {
  /** Tries a supergraph and keeps it when the planner takes it.
   *  @throws HubError COMPOSITION_FAILED when the planner refuses it or dies of it; older graphs go on */
  loadGraph(supergraph: string): Promise<PlannedGraph>;
  /** Process id of the running planner, for health pages and tests. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

export interface PlannerOptions {
  /** Longest time for one plan, milliseconds. */
  readonly planTimeout: number;
  /** Longest time for loading one graph, milliseconds. */
  readonly loadTimeout: number;
  /** Called with what went wrong, for the log. */
  readonly onFault?: (fault: string) => void;
}

export const DEFAULT_PLANNER_OPTIONS: PlannerOptions = { planTimeout: 2_000, loadTimeout: 30_000 };

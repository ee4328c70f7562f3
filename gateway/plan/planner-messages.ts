import type { QueryPlan } from '@graphql-hive/router-query-planner';

/** A request to the planner process. `id` numbers the request, `graph` the loaded graph. */
export type PlannerRequest =
  | { readonly kind: 'load'; readonly id: number; readonly graph: number; readonly supergraph: string }
  | { readonly kind: 'plan'; readonly id: number; readonly graph: number; readonly query: string }
  | { readonly kind: 'drop'; readonly id: number; readonly graph: number };

/** An answer of the planner process. `refused` carries the planner's own words, which are for the log and never for a caller. */
export type PlannerReply =
  | { readonly id: number; readonly kind: 'loaded'; readonly consumerSchema: string }
  | { readonly id: number; readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly id: number; readonly kind: 'dropped' }
  | { readonly id: number; readonly kind: 'refused'; readonly reason: string };

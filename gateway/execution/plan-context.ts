import type { CompiledFetch, FetchContext } from './fetch-step.js';
import type { IsKeyField } from './representation.js';
import type { ExecutionState } from './execution-state.js';
import type { TypeNames } from './type-names.js';

/** One compiled node of a plan. */
export type Step = (state: ExecutionState) => Promise<void>;

/** The graph as the compiler of plans sees it. */
export interface PlanContext extends FetchContext {
  readonly types: TypeNames;
  /** Key fields of a type in a subgraph. */
  readonly keyFields: (subgraph: string) => IsKeyField;
  /** Passes a subgraph's own message on as `extensions.detail`. */
  readonly expose: boolean;
  /** Called with every fetch of the plan. */
  onFetch(fetch: CompiledFetch): void;
}

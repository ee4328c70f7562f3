import type { CompiledFetch, FetchContext } from './fetch-step.js';
import type { IsKeyField } from './representation.js';
import type { Run } from './execution-state.js';
import type { TypeNames } from './type-names.js';

/** One compiled node of a plan. */
export type Step = (run: Run) => Promise<void>;

/** What compiling a plan needs to know of the graph. */
export interface PlanContext extends FetchContext {
  readonly types: TypeNames;
  /** Key fields of a type in a subgraph. */
  readonly keyFields: (subgraph: string) => IsKeyField;
  /** Whether a subgraph's own message may pass as `extensions.detail`. */
  readonly expose: boolean;
  /** Told of every fetch of the plan. */
  seen(fetch: CompiledFetch): void;
}

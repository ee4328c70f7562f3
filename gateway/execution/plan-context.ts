import type { GraphQLSchema } from 'graphql';
import type { Release } from '../../shared/share/releases/release.js';
import type { SubjectFields } from '../request/protections.js';
import type { CompiledFetch, FetchContext } from './fetch-step.js';
import type { ExecutionState } from './execution-state.js';
import type { PlannedGraph } from '../plan/planned-graph.js';
import type { TypeNames } from '../plan/type-names.js';
import type { Places } from './slices/places.js';

/** One compiled node of a plan. */
export type Step = (state: ExecutionState) => Promise<void>;

/** The graph as the compiler of plans sees it. */
export interface PlanContext extends FetchContext {
  readonly types: TypeNames;
  readonly keysOf: PlannedGraph['keysOf'];
  readonly givesByKey: PlannedGraph['givesByKey'];
  /** Passes a subgraph's own message on as `extensions.detail`. */
  readonly expose: boolean;
  /** Every type and field of the graph, also inaccessible ones. */
  readonly schema: GraphQLSchema;
  /** Field that holds the subject's identifier, by type, for the records that each subgraph keeps; absent in permissive mode. */
  readonly subjectFields?: SubjectFields | undefined;
  /** Releases that the graph makes, by the subgraph that receives them; absent in permissive mode. */
  readonly releases?: ReadonlyMap<string, readonly Release[]> | undefined;
  /** The places of the plan's data; absent for a step that is compiled while the plan runs. */
  readonly places?: Places | undefined;
  /** Called with every fetch of the plan. */
  onFetch(fetch: CompiledFetch): void;
}

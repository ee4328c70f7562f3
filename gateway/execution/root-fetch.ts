import type { Path } from '../plan/fetch-group.js';
import type { FetchNode } from '../plan/query-plan.js';
import { compileTargets } from './compile-targets.js';
import type { ExecutionState } from './execution-state.js';
import { Failure } from './failure.js';
import { compileFetch } from './fetch-step.js';
import { compileMovesUp, type MovesUp } from './moves-up.js';
import type { PlanContext, Step } from './plan-context.js';
import { mergeFetched, readFetchShape, type Json, type FetchShape } from './fetch-shape.js';
import { placeErrors } from './subgraph-errors.js';

/** A fetch at the root of the answer: its data are merged by their keys. */
export function compileRootFetch(node: FetchNode, plan: PlanContext): Step {
  const fetchInto = compileFetchInto(node, plan);
  return (state) => fetchInto(state, [state.data]);
}

/** A fetch of root fields for every object of the root type at a path: one answer for all of them, none when there is no such
 *  object. */
export function compileRootFetchBelow(node: FetchNode, path: Path, plan: PlanContext): Step {
  const fetchInto = compileFetchInto(node, plan);
  const collect = compileTargets(path, plan.types);
  return async (state) => {
    const targets: Json[] = [];
    collect(state.data, targets);
    if (targets.length > 0) await fetchInto(state, targets);
  };
}

function compileFetchInto(node: FetchNode, plan: PlanContext) {
  const fetch = compileFetch(node, plan);
  plan.onFetch(fetch);
  const shape = readFetchShape([fetch.definition.selectionSet], fetch.fragments);
  const movesUp = compileMovesUp(fetch, plan);
  return async (state: ExecutionState, targets: readonly Json[]): Promise<void> => {
    const answer = await fetch.send(state, '');
    if (answer instanceof Failure) return targets.forEach((target) => markAllFailed(target, shape, answer));
    const data = (answer.data ?? {}) as Json;
    if (answer.errors) {
      const unplaced = placeErrors(state, { ...fetch, data }, answer.errors, plan.expose);
      if (answer.data) state.unplaced.push(...unplaced);
      // No data at all: a failure without a place stands for every field that has none of its own, and one that took the
      // whole along has taken the fields beside it.
      else if (unplaced[0]) markAllFailed(data, shape, unplaced[0].ofFetch());
      else markLost(data, fetch.shape, movesUp);
    }
    fetch.undo?.(data);
    targets.forEach((target, index) => mergeFetched(target, data, shape, index > 0, plan.types.isObject));
  };
}

/** Places the failure that took a whole answer along at every field of it. A failure of its own that a field has besides, at a
 *  place that may be null, is kept with it. */
function markLost(data: Json, shape: FetchShape, movesUp: MovesUp): void {
  const failed = Object.entries(data).filter((entry): entry is [string, Failure] => entry[1] instanceof Failure);
  const causes = failed.filter(([key, { below }]) => movesUp([key, ...below]));
  const [key, cause] = causes[0] ?? failed[0] ?? [];
  if (key === undefined || !cause) return;
  for (const each of causes.length > 0 ? failed : [])
    if (!causes.includes(each)) data[each[0]] = cause.beside(key, each[1]);
  markAllFailed(data, shape, cause.beside(key));
}

function markAllFailed(data: Json, shape: FetchShape, failure: Failure): void {
  for (const key of shape.keys) if (data[key] === undefined) data[key] = failure;
}

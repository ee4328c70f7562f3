import type { FetchNode } from '../plan/query-plan.js';
import { Failure } from './failure.js';
import { compileFetch } from './fetch-step.js';
import type { PlanContext, Step } from './plan-context.js';
import { mergeFetched, readFetchShape, type Json, type FetchShape } from './fetch-shape.js';
import { placeErrors } from './subgraph-errors.js';

/** A fetch at the root of the answer: its data are merged by their keys. */
export function compileRootFetch(node: FetchNode, plan: PlanContext): Step {
  const fetch = compileFetch(node, plan);
  plan.onFetch(fetch);
  const shape = readFetchShape([fetch.definition.selectionSet], fetch.fragments);
  return async (state) => {
    const answer = await fetch.send(state, '');
    if (answer instanceof Failure) return markAllFailed(state.data, shape, answer);
    const data = (answer.data ?? {}) as Json;
    if (answer.errors) {
      const unplaced = placeErrors(data, answer.errors, fetch.subgraph, plan.expose);
      // No data at all: a failure without a place stands for every field that has none of its own.
      if (!answer.data && unplaced[0]) markAllFailed(data, shape, unplaced[0].ofFetch());
      else state.unplaced.push(...unplaced);
    }
    fetch.undo?.(data);
    mergeFetched(state.data, data, shape, false, plan.types.isObject);
  };
}

function markAllFailed(data: Json, shape: FetchShape, failure: Failure): void {
  for (const key of shape.keys) if (data[key] === undefined) data[key] = failure;
}

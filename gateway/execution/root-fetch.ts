import type { FetchNode } from '@graphql-hive/router-query-planner';
import { Failure } from './failure.js';
import { compileFetch } from './fetch-step.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRewrites, renames } from './compile-rewrites.js';
import { merge, shapeOf, type Json, type Shape } from './fetch-shape.js';
import { placeErrors } from './subgraph-errors.js';

/** A fetch at the root of the answer: its data are merged by their keys. */
export function compileRootFetch(node: FetchNode, plan: PlanContext): Step {
  const fetch = compileFetch(node, plan);
  plan.seen(fetch);
  const shape = shapeOf([fetch.definition.selectionSet], fetch.fragments, renames(node.outputRewrites));
  const rewrite = compileRewrites(node.outputRewrites, plan.types);
  return async (run) => {
    const answer = await fetch.send(run, '');
    if (answer instanceof Failure) return failAll(run.data, shape, answer);
    const data = (answer.data ?? {}) as Json;
    if (answer.errors) {
      const unplaced = placeErrors(data, answer.errors, fetch.subgraph, plan.expose);
      // No data at all: what has no place stands for every field that has nothing better.
      if (!answer.data && unplaced[0]) failAll(data, shape, unplaced[0].ofFetch());
      else run.unplaced.push(...unplaced);
    }
    fetch.undo?.(data);
    rewrite?.(data);
    merge(run.data, data, shape, false, plan.types.isObject);
  };
}

function failAll(data: Json, shape: Shape, failure: Failure): void {
  for (const key of shape.keys) if (data[key] === undefined) data[key] = failure;
}

import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';
import { compileBatchFetch, compileFlattenedFetch } from './entity-fetch.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRootFetch } from './root-fetch.js';

/** Compiles a plan into one step. Nothing of the plan is looked at again when it runs.
 *  @throws Error when the plan holds what this executor does not know: better no answer than a wrong one */
export function compilePlan(plan: QueryPlan, context: PlanContext): Step {
  return plan.node ? compile(plan.node, context) : async () => undefined;
}

function compile(node: PlanNode, context: PlanContext): Step {
  switch (node.kind) {
    case 'Fetch':
      return compileRootFetch(node, context);
    case 'BatchFetch':
      return compileBatchFetch(node, context);
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw new Error(`the plan flattens a ${node.node.kind}`);
      return compileFlattenedFetch(node.node, node.path, context);
    case 'Sequence':
      return inSequence(node.nodes.map((inner) => compile(inner, context)));
    case 'Parallel':
      return inParallel(node.nodes.map((inner) => compile(inner, context)));
    default:
      // Conditions are decided before planning (see `prune`), so a plan holds none.
      throw new Error(`the plan has a ${node.kind}`);
  }
}

function inSequence(steps: readonly Step[]): Step {
  if (steps.length === 1) return steps[0]!;
  return async (state) => {
    for (const step of steps) await step(state);
  };
}

function inParallel(steps: readonly Step[]): Step {
  if (steps.length === 1) return steps[0]!;
  return async (state) => {
    await Promise.all(steps.map((step) => step(state)));
  };
}

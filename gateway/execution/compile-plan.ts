import type { PlanNode, QueryPlan } from '../plan/query-plan.js';
import { compileBatchFetch, compileFlattenedFetch } from './entity-fetch.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRefusal } from './refuse-step.js';
import { compileRootFetch, compileRootFetchBelow } from './root-fetch.js';

/** Compiles a plan into one step. Nothing of the plan is looked at again when it runs. */
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
      if (!node.node.requires) context.places?.close();
      return node.node.requires
        ? compileFlattenedFetch(node.node, node.path, context)
        : compileRootFetchBelow(node.node, node.path, context);
    case 'Refuse':
      context.places?.close();
      return compileRefusal(node, context);
    case 'Steps':
      return inSteps(node.steps.map(({ node: inner, after }) => ({ run: compile(inner, context), after })));
  }
}

/** Each step begins when those it waits for are done. */
function inSteps(steps: readonly { readonly run: Step; readonly after: readonly number[] }[]): Step {
  return async (state) => {
    const begun: Promise<unknown>[] = [];
    for (const { run, after } of steps) {
      const before = after.map((index) => begun[index]!);
      begun.push(before.length === 0 ? run(state) : Promise.all(before).then(() => run(state)));
    }
    await Promise.all(begun);
  };
}

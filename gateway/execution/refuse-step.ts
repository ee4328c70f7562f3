import type { RefuseNode } from '../plan/query-plan.js';
import { compileTargets } from './compile-targets.js';
import type { Failure } from './failure.js';
import { isBranch, type Json } from './fetch-shape.js';
import { toNotConsented } from './fetch-step.js';
import type { PlanContext, Step } from './plan-context.js';

/** Marks what is not fetched, because a release must not be made for it, as refused in its place. */
export function compileRefusal({ path, keys, release }: RefuseNode, { types }: Pick<PlanContext, 'types'>): Step {
  const collect = compileTargets(path, types);
  const failure = toNotConsented(release);
  return async (state) => {
    const targets: Json[] = [];
    collect(state.data, targets);
    for (const target of targets) mark(target, keys, failure);
  };
}

function mark(target: unknown, [key, ...further]: readonly string[], failure: Failure): void {
  if (Array.isArray(target)) for (const each of target) mark(each, [key!, ...further], failure);
  else if (isBranch(target) && key !== undefined) {
    const value = (target as Json)[key];
    // The name of an object whose type is not known is its interface's.
    if (value === undefined || key === '__typename') (target as Json)[key] = failure;
    else mark(value, further, failure);
  }
}

import type { PlanNode } from '../../../gateway/plan/query-plan.js';

interface Step {
  readonly subgraph: string;
  readonly isRoot: boolean;
  /** Steps that it waits for, directly. */
  readonly after: Set<Step>;
}

/** The requests of a plan, and how many of them could be saved by holding one back until another to the same subgraph can be
 *  made. The planner never does: a request would wait for what it does not need, and be lost with it. */
export function countRequests(plan: PlanNode | undefined): { readonly requests: number; readonly heldBack: number } {
  const steps = readSteps(plan);
  let left = [...steps];
  for (let merged = mergeTwo(left); merged; merged = mergeTwo(left)) left = merged;
  return { requests: steps.length, heldBack: steps.length - left.length };
}

function readSteps(plan: PlanNode | undefined): Step[] {
  if (plan?.kind !== 'Steps') return plan ? toStep(plan) : [];
  const steps: (Step | undefined)[] = [];
  for (const { node, after } of plan.steps) {
    const [step] = toStep(node);
    for (const index of after) if (steps[index]) step?.after.add(steps[index]);
    steps.push(step);
  }
  return steps.filter((step) => step !== undefined);
}

function toStep(node: PlanNode): Step[] {
  if (node.kind === 'Steps' || node.kind === 'Refuse') return [];
  const fetch = node.kind === 'Flatten' ? node.node : node;
  const isRoot = fetch.kind === 'Fetch' && fetch.requires === undefined;
  return [{ subgraph: fetch.serviceName, isRoot, after: new Set() }];
}

/** Merges two steps to one subgraph of which neither waits for the other. @returns undefined when there are none */
function mergeTwo(steps: readonly Step[]): Step[] | undefined {
  for (const one of steps) {
    for (const other of steps) {
      if (one === other || one.isRoot || other.isRoot || one.subgraph !== other.subgraph) continue;
      if (waitsFor(one, other) || waitsFor(other, one)) continue;
      for (const before of other.after) one.after.add(before);
      for (const step of steps) if (step.after.delete(other)) step.after.add(one);
      return steps.filter((step) => step !== other);
    }
  }
  return undefined;
}

const waitsFor = (step: Step, other: Step): boolean =>
  [...step.after].some((before) => before === other || waitsFor(before, other));

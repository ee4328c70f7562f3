import { HubError } from '../../shared/kernel/index.js';
import type { PlanNode } from './query-plan.js';

/** A whole plan. */
export interface Attempt {
  readonly node: PlanNode | undefined;
  /** Subgraphs that it asks. */
  readonly graphs: ReadonlySet<string>;
  /** Steps of the search for it. */
  readonly steps: number;
}

/** Steps spent on looking for a better plan. An operation of the demo takes a few hundred for one. */
const IMPROVING_STEPS = 4_096;
/** The search finds the best plan of so few requests by itself. */
const FEW = 2;

/** Plans again with one subgraph after the other avoided, and keeps the plan of fewest requests. The search looks at one object
 *  at a time, where two subgraphs are often as good; only the whole plan tells which of them is asked anyway.
 *  @param attempt  plans; a subgraph that is avoided is taken where no other does as well
 *  @throws what the first attempt throws */
export function findFewest(attempt: (avoided: ReadonlySet<string>, budget?: number) => Attempt): Attempt {
  let best = attempt(new Set());
  let avoided = new Set<string>();
  let left = IMPROVING_STEPS;
  for (const graph of best.graphs) {
    const without = new Set([...avoided, graph]);
    if (countRequests(best.node) <= FEW || left <= 0) break;
    const next = tryAttempt(() => attempt(without, left));
    if (!next) break;
    left -= next.steps;
    if (isBetter(next, best)) [best, avoided] = [next, without];
  }
  return best;
}

/** @returns undefined when the steps do not suffice */
function tryAttempt(attempt: () => Attempt): Attempt | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof HubError && error.code === 'PLAN_TOO_COSTLY') return undefined;
    throw error;
  }
}

function isBetter({ node: one }: Attempt, { node: other }: Attempt): boolean {
  const [refused, more] = [countRefusals(one), countRefusals(other)];
  return refused === more ? countRequests(one) < countRequests(other) : refused < more;
}

const nodesOf = (node: PlanNode | undefined): readonly PlanNode[] =>
  node?.kind === 'Steps' ? node.steps.map((step) => step.node) : node ? [node] : [];
const countRefusals = (node: PlanNode | undefined) => nodesOf(node).filter(({ kind }) => kind === 'Refuse').length;
const countRequests = (node: PlanNode | undefined) => nodesOf(node).length - countRefusals(node);

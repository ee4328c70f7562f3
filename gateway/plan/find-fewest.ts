import type { PlanNode } from './query-plan.js';

/** A whole plan. */
export interface Attempt {
  readonly node: PlanNode | undefined;
  /** Subgraphs that it asks where another would have done. */
  readonly preferred: ReadonlySet<string>;
  /** Fields that the search for it looked for in subgraphs. */
  readonly looked: number;
}

/** Fields looked for in further plans. An operation of the demo takes a hundred or two for one. */
const LOOKED_FOR = 4_096;
/** The search finds the best plan of so few requests by itself. */
const FEW = 2;

/** Plans again with one subgraph after the other avoided, and keeps the plan of fewest requests. The search looks at one object
 *  at a time, where two subgraphs are often as good; only the whole plan tells which of them is asked anyway.
 *  @param attempt  plans; a subgraph that is avoided is taken where no other does as well
 *  @throws what an attempt throws */
export function findFewest(attempt: (avoided: ReadonlySet<string>) => Attempt): Attempt {
  let best = attempt(new Set());
  let avoided = new Set<string>();
  let { looked } = best;
  for (const graph of best.preferred) {
    if (countRequests(best.node) <= FEW || looked + best.looked > LOOKED_FOR) break;
    const without = new Set([...avoided, graph]);
    const next = attempt(without);
    looked += next.looked;
    if (isBetter(next, best)) [best, avoided] = [next, without];
  }
  return best;
}

function isBetter({ node: one }: Attempt, { node: other }: Attempt): boolean {
  const [refused, more] = [countRefusals(one), countRefusals(other)];
  return refused === more ? countRequests(one) < countRequests(other) : refused < more;
}

const nodesOf = (node: PlanNode | undefined): readonly PlanNode[] =>
  node?.kind === 'Steps' ? node.steps.map((step) => step.node) : node ? [node] : [];
const countRefusals = (node: PlanNode | undefined) => nodesOf(node).filter(({ kind }) => kind === 'Refuse').length;
const countRequests = (node: PlanNode | undefined) => nodesOf(node).length - countRefusals(node);

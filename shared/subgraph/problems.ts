import { HubError } from '../kernel/index.js';

/** A statement of a subgraph that cannot work: its code, where it stands, and what to do. */
export interface SubgraphProblem {
  readonly code: string;
  /** Coordinate, or type. */
  readonly at: string;
  readonly message: string;
}

/** @throws HubError SUBGRAPH_INVALID naming every problem */
export function refuseProblems(subgraph: string, problems: readonly SubgraphProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ code, message }) => `  ${code} ${message}`);
  throw new HubError(
    'SUBGRAPH_INVALID',
    `The subgraph ${subgraph} states what cannot work (${problems.length}):\n${lines.join('\n')}`,
    { problems },
  );
}

// The planner is native code that can abort its process, so it has one of its own.
// It must run as plain TypeScript too (tests start it unbuilt): no relative import but of types.
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { PlannerReply, PlannerRequest } from './planner-messages.js';

const planners = new Map<number, QueryPlanner>();

process.on('message', (request: PlannerRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
// The hub is gone, also when it was killed.
process.on('disconnect', () => process.exit(0));
// Ctrl-C goes to the whole group; the hub decides when this process ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function answer(request: PlannerRequest): Promise<PlannerReply> {
  const { id } = request;
  try {
    if (request.kind === 'load') {
      const planner = new QueryPlanner(request.supergraph);
      planners.set(request.graph, planner);
      return { id, kind: 'loaded', consumerSchema: planner.consumerSchema };
    }
    if (request.kind === 'drop') {
      planners.delete(request.graph);
      return { id, kind: 'dropped' };
    }
    const planner = planners.get(request.graph);
    if (!planner) return { id, kind: 'refused', reason: 'the graph is not loaded' };
    // The asynchronous form leaves this thread free to notice that the hub is gone.
    return { id, kind: 'planned', plan: await planner.planAsync(request.query, null, new Set(), 0) };
  } catch (error) {
    return { id, kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

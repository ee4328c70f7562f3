import type { ExecutionState } from './execution-state.js';
import type { Step } from './plan-context.js';
import { toInterrupted } from './subgraph-answer.js';

/** Runs a plan. Its fetches are cut short when the caller has gone, and when what allowed them is withdrawn. */
export async function runPlan(
  step: Step,
  state: ExecutionState,
  gone: AbortSignal | undefined,
  withdrawn: AbortSignal | undefined,
): Promise<void> {
  const abort = () => {
    state.deadline = 0;
    for (const fetch of state.active) fetch.abort();
  };
  const interrupt = () => {
    for (const fetch of state.active) fetch.abort(toInterrupted(fetch.subgraph));
  };
  if (gone?.aborted) abort();
  if (withdrawn?.aborted) interrupt();
  gone?.addEventListener('abort', abort);
  withdrawn?.addEventListener('abort', interrupt);
  try {
    await step(state);
  } catch (error) {
    abort();
    throw error;
  } finally {
    gone?.removeEventListener('abort', abort);
    withdrawn?.removeEventListener('abort', interrupt);
  }
}

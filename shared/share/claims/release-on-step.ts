/** Milliseconds between the instants at which outcomes of comparisons leave. */
const STEP_MS = 50;

/** Waits for the next step since a request began, so that the time of an outcome tells nothing of how it came about.
 *  @param startedAt  `performance.now()` */
export function releaseOnStep(startedAt: number): Promise<void> {
  const elapsed = performance.now() - startedAt;
  return new Promise((resolve) => setTimeout(resolve, STEP_MS - (elapsed % STEP_MS)));
}

export interface Repetition {
  /** Resolves when the run in progress has ended. */
  stop(): Promise<void>;
}

/** Runs `task` repeatedly, waiting `ms` between the end of one run and the start of the next.
 *  @param ms         pause, milliseconds
 *  @param onFailure  called with the first error of a row of failures */
export function repeat(ms: number, task: () => Promise<unknown>, onFailure: (error: unknown) => void): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let isFailing = false;
  let running: Promise<void>;
  const run = async (): Promise<void> => {
    try {
      await task();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
    if (!isStopping) timer = setTimeout(() => (running = run()), ms);
  };
  running = run();
  return {
    stop: () => {
      isStopping = true;
      clearTimeout(timer);
      return running;
    },
  };
}

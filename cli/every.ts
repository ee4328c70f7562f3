export interface Repeating {
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Does something now and then again, each time a while after it ended.
 *  @param ms      pause, milliseconds
 *  @param failed  told of the first failure in a row */
export function every(ms: number, act: () => Promise<unknown>, failed: (error: unknown) => void): Repeating {
  let [timer, stopping, failing]: [NodeJS.Timeout | undefined, boolean, boolean] = [undefined, false, false];
  let running: Promise<void>;
  const round = async (): Promise<void> => {
    try {
      await act();
      failing = false;
    } catch (error) {
      if (!failing) failed(error);
      failing = true;
    }
    if (!stopping) timer = setTimeout(() => (running = round()), ms);
  };
  running = round();
  return {
    stop: () => {
      stopping = true;
      clearTimeout(timer);
      return running;
    },
  };
}

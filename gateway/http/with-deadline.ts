/** Waits for `work`, but no longer than a limit.
 *  @param milliseconds  limit
 *  @param late          called when the limit comes first; its result settles the promise, and `work` is ignored */
export function withDeadline<T>(work: Promise<T>, milliseconds: number, late: () => T): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
    // The client's connection keeps the process alive; this timer must not.
    timer.unref();
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Waits for `work`, but no longer than this.
 *  @param milliseconds  limit
 *  @param late          what to settle with when the limit comes first; `work` goes on, unheard */
export function within<T>(work: Promise<T>, milliseconds: number, late: () => T): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
    // The client's connection keeps the process alive, not the wait.
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

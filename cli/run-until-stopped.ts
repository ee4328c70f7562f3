/** Longest time for which a start may go on after the process was told to stop, milliseconds. */
const START_PATIENCE_MS = 2_000;

/** Starts a process's work, waits until the process is told to stop (Ctrl-C, SIGTERM, or the end of its parent), then
 *  stops the work. It listens before it starts, because a reader of the ready line may stop the process at once. A second
 *  signal ends the process immediately; so does the first one when starting takes long.
 *  @param start  resolves with a function that stops the work */
export async function runUntilStopped(start: () => Promise<() => Promise<void>>): Promise<void> {
  let isStopping = false;
  let isStarted = false;
  const stopSignal = new Promise<void>((resolve) => {
    const onSignal = () => {
      if (isStopping) process.exit(130);
      isStopping = true;
      resolve();
      setTimeout(() => isStarted || process.exit(130), START_PATIENCE_MS).unref();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('disconnect', onSignal);
  });
  const stop = await start();
  isStarted = true;
  await stopSignal;
  await stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
}

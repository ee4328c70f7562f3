/** How long a start that is under way may go on after it was told to stop, milliseconds. */
const PATIENCE = 2_000;

/** Starts something and keeps the process until it is told to stop (Ctrl-C, SIGTERM, or the process that started it is
 *  gone), then stops what runs. Whoever is told that it is ready may tell it to stop at once, so it listens before it
 *  starts. A second signal ends it at once, and so does the first where starting goes on for long.
 *  @param start  returns what stops it */
export async function untilStopped(start: () => Promise<() => Promise<void>>): Promise<void> {
  let [told, started] = [false, false];
  const stopped = new Promise<void>((resolve) => {
    const tell = () => {
      if (told) process.exit(130);
      told = true;
      resolve();
      setTimeout(() => started || process.exit(130), PATIENCE).unref();
    };
    process.on('SIGINT', tell);
    process.on('SIGTERM', tell);
    process.on('disconnect', tell);
  });
  const stop = await start();
  started = true;
  await stopped;
  await stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
}

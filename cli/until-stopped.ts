/** Keeps the process until it is told to stop (Ctrl-C, SIGTERM, or the process that started it is gone), then stops
 *  what runs. A second signal ends it at once. */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    let told = false;
    const tell = () => {
      if (told) process.exit(130);
      told = true;
      resolve();
    };
    process.on('SIGINT', tell);
    process.on('SIGTERM', tell);
    process.on('disconnect', tell);
  });
  await stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
}

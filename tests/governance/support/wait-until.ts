import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until something is so.
 *  @throws when it is not so after a time that is far longer than it takes */
export async function waitUntil(met: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error('what was waited for has not come');
    await pause(50);
  }
}

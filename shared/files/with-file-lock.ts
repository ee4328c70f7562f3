import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HubError } from '../kernel/index.js';
import { tryLockFile } from './try-lock-file.js';

/** Longer than any change takes: each writes some kilobytes, or removes files that were shipped. */
const LONGEST_WAIT = 60_000;
const RETRY_AFTER = 20;

/** Runs a change of a file while nobody else changes that file, in this process or another.
 *  @param path     the file; the lock is `<path>.lock`
 *  @param longest  milliseconds to wait for the lock
 *  @throws HubError FILE_LOCKED when somebody else still holds the lock then; nothing was changed */
export async function withFileLock<T>(path: string, change: () => Promise<T>, longest = LONGEST_WAIT): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const giveUp = performance.now() + longest;
  for (;;) {
    const release = tryLockFile(`${path}.lock`);
    if (release) {
      try {
        return await change();
      } finally {
        release();
      }
    }
    if (performance.now() >= giveUp)
      throw new HubError(
        'FILE_LOCKED',
        `${path} is being changed by another process of the hub, for over ${longest / 1000} seconds. See what that process waits for, or end it; the lock ends with it.`,
        { path },
      );
    await pause(RETRY_AFTER);
  }
}

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { holdFile } from './hold-file.js';

/** Changes a file of the hub's trust while nobody else changes it, in this process or another. */
export async function alone<T>(path: string, change: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (;;) {
    const release = holdFile(`${path}.lock`);
    if (!release) {
      await pause(20);
      continue;
    }
    try {
      return await change();
    } finally {
      release();
    }
  }
}

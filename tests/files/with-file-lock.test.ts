import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { tryLockFile } from '../../shared/files/try-lock-file.js';
import { withFileLock } from '../../shared/files/with-file-lock.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-lock-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('gives up with a clear error, and changes nothing, while somebody else holds the file', async () => {
  const path = join(folder, 'held.json');
  const release = tryLockFile(`${path}.lock`)!;
  let changed = false;
  const change = async () => void (changed = true);
  await expect(withFileLock(path, change, 40)).rejects.toMatchObject({
    code: 'FILE_LOCKED',
    message: expect.stringContaining(path),
  });
  expect(changed).toBe(false);
  release();
  await withFileLock(path, change, 40);
  expect(changed).toBe(true);
});

it('runs changes of one file one after the other, also when one fails', async () => {
  const path = join(folder, 'shared.json');
  const events: string[] = [];
  const change = (name: string) =>
    withFileLock(path, async () => {
      events.push(`${name} begins`);
      await Promise.resolve();
      events.push(`${name} ends`);
      if (name === 'bad') throw new Error(name);
    });
  await Promise.allSettled(['bad', 'one', 'two'].map(change));
  expect(events).toHaveLength(6);
  for (let at = 0; at < events.length; at += 2) expect(events[at]!.split(' ')[0]).toBe(events[at + 1]!.split(' ')[0]);
});

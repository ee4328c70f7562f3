import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HubError } from '../kernel/index.js';
import { writeWhole } from './write-whole.js';

/** Reads a JSON file that only its owner may read. Its form is the caller's to check.
 *  @returns undefined when there is no such file
 *  @throws HubError CONFIG_INVALID when it is not JSON, naming the file */
export async function readPrivateJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HubError(
      'CONFIG_INVALID',
      `${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`,
      {},
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HubError(
      'CONFIG_INVALID',
      `${path} is damaged: it is not JSON. Restore it, or delete it to have it made anew.`,
      {},
      { cause: error },
    );
  }
}

/** Writes a JSON file with mode 0600 in a folder with mode 0700, whole or not at all, on stable storage when this
 *  resolves. */
export async function writePrivateJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(dirname(path)), { recursive: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

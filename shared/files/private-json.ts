import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { HubError } from '../kernel/index.js';
import { writeWhole } from './write-whole.js';

/** Reads a JSON file that only its owner may read.
 *  @param damage  said of a file that is JSON and has not the form of `schema`
 *  @returns undefined when there is no such file
 *  @throws HubError CONFIG_INVALID when it is not JSON or has another form, naming the file */
export async function readPrivateJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  damage: string,
): Promise<z.output<Schema> | undefined> {
  const value = await readJson(path);
  if (value === undefined) return undefined;
  const { success, data } = schema.safeParse(value);
  if (success) return data;
  throw new HubError('CONFIG_INVALID', `${path} ${damage}`);
}

async function readJson(path: string): Promise<unknown> {
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

import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../files/sync-folder.js';
import { readLastLine } from '../log/read-last-line.js';

/** Appends a line to a file, behind its last whole one; on stable storage when this resolves. */
export async function appendLine(path: string, line: string): Promise<void> {
  const handle = await openToAppend(path);
  try {
    const { size } = await readLastLine(path, () => true);
    await handle.truncate(size);
    await handle.appendFile(`${line}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Opens a file whose name is durable, and makes it where there is none. */
export async function openToAppend(path: string): Promise<FileHandle> {
  const made = await open(path, 'ax', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (made) await syncFolder(dirname(path));
  return made ?? open(path, 'a', 0o600);
}

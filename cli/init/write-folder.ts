import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InitRefusal } from './init-refusal.js';
import type { FolderFiles } from './folder-files.js';

/** Writes a folder whole or not at all.
 *  @throws InitRefusal FOLDER_EXISTS */
export async function writeFolder(folder: string, files: FolderFiles): Promise<void> {
  await refuseExisting(folder);
  const draft = await mkdtemp(join(dirname(folder), '.sharehub-init-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(draft, name)), { recursive: true });
      await writeFile(join(draft, name), text);
    }
    await refuseExisting(folder);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** @throws InitRefusal FOLDER_EXISTS for whatever stands there, an empty folder and a link included */
export async function refuseExisting(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found)
    throw new InitRefusal('FOLDER_EXISTS', `${folder} exists. Nothing is written over it: choose another name.`);
}

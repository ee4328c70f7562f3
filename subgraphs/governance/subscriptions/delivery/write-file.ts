import { lstat, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../../../../shared/files/with-file-lock.js';
import { syncFolder } from '../../../../shared/files/sync-folder.js';
import { writeWhole } from '../../../../shared/files/write-whole.js';
import type { Delivery, DeliveryOutcome } from './delivery.js';
import { FOLDER_NAME } from './target.rule.js';

export interface FileTarget {
  /** The operator's folder for everybody's files. */
  readonly root: string;
  /** Department code; its folder holds the target's. */
  readonly department: string;
  readonly target: string;
}

/** Writes a delivery as one file, `<from>-<to>.ndjson`, in one step and once. The receiver may take the file away at any
 *  time; it does not come back when the delivery is tried again after a crash. */
export async function writeDelivery(
  delivery: Delivery,
  { root, department, target }: FileTarget,
): Promise<DeliveryOutcome> {
  if (!FOLDER_NAME.test(target) || !FOLDER_NAME.test(department)) return { error: 'TARGET_MALFORMED' };
  try {
    const folder = await openFolder(await openFolder(await realpath(root), department), target);
    const mark = join(folder, MARK);
    await withFileLock(mark, () => writeOnce(delivery, folder, mark));
    return {};
  } catch {
    return { error: 'FOLDER_FAILED' };
  }
}

/** File that names the delivery prepared last. */
const MARK = '.delivered';

/** The preparation is noted before the file gets its name, and it gets that name in one step. A repetition therefore finds
 *  either the prepared file or nothing left to do, even when the receiver has taken the file away. */
async function writeOnce({ id, from, to, body }: Delivery, folder: string, mark: string): Promise<void> {
  const file = join(folder, `${padded(from)}-${padded(to)}.ndjson`);
  const prepared = `${file}.part`;
  if ((await readFile(mark, 'utf8').catch(ifAbsent)) !== `${id}\n`) {
    await writeFile(prepared, body, { mode: 0o640, flush: true });
    await writeWhole(mark, `${id}\n`);
  }
  await rename(prepared, file).catch(ifAbsent);
  await syncFolder(folder);
}

/** Opens a folder within another, creating it where needed; refuses a link to somewhere else. */
async function openFolder(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path, { mode: 0o750 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new Error(`${name} is no folder`);
  return path;
}

/** Padded so that file names sort as cursors do. */
const padded = (position: number): string => String(position).padStart(15, '0');

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

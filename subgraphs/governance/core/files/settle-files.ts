import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beginsAs, type FileState, isMediaType, SIGNATURE_BYTES } from './file.rule.js';

const DAY_MS = 86_400_000;
/** An upload that was announced so long ago has been given up. */
const UPLOAD_DAYS = 3;

/** A file whose upload is under way, or whose time is over. */
export interface FileToSettle {
  readonly id: string;
  readonly state: FileState;
  readonly bytes: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly announcedAt: Date;
}

/** Looks at every file that is whole: one that is what was announced can be fetched from then on, any other is deleted. Ends
 *  uploads that were given up, and deletes stored files, which are given only when their time is over. It may be killed at any point.
 *  @param folder    of the uploaded files
 *  @param setState  stores the new state
 *  @returns         number of files that changed their state */
export async function settleFiles(
  files: readonly FileToSettle[],
  folder: string,
  now: number,
  setState: (id: string, state: FileState) => Promise<unknown>,
): Promise<number> {
  let changed = 0;
  for (const file of files) {
    const path = join(folder, file.id);
    const next = await findState(file, path, now);
    if (next === undefined) continue;
    if (next !== 'STORED') await rm(path, { force: true });
    await rm(`${path}.json`, { force: true });
    await setState(file.id, next);
    changed++;
  }
  return changed;
}

async function findState(
  { state, bytes, sha256, mediaType, announcedAt }: FileToSettle,
  path: string,
  now: number,
): Promise<FileState | undefined> {
  if (state === 'STORED') return 'REMOVED';
  if ((await sizeOf(path)) === bytes) return (await isAsAnnounced(path, sha256, mediaType)) ? 'STORED' : 'REFUSED';
  return announcedAt.getTime() < now - UPLOAD_DAYS * DAY_MS ? 'EXPIRED' : undefined;
}

const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  );

async function isAsAnnounced(path: string, sha256: string, mediaType: string): Promise<boolean> {
  const content = await readFile(path);
  return (
    isMediaType(mediaType) &&
    beginsAs(mediaType, content.subarray(0, SIGNATURE_BYTES)) &&
    createHash('sha256').update(content).digest('hex') === sha256
  );
}

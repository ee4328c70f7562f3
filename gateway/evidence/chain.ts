import { randomBytes } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  headsName,
  listSegments,
  listWriters,
  lockName,
  readLastLine,
  readLines,
  readRelease,
  readHead,
} from '../../shared/evidence/log/index.js';
import { isWhole, readChainPosition, readRecord } from '../../shared/evidence/index.js';
import { tryLockFile } from '../../shared/files/try-lock-file.js';

/** The end of a chain: number and hash of its newest record; 0 and '' before the first. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}
/** A chain that this process alone goes on writing. */
export interface Chain extends ChainEnd {
  readonly writer: string;
  /** Lets others go on with it. */
  readonly release: () => void;
}

/** Takes a chain of the folder that nobody writes any more, or begins a new one: several gateways may share a folder,
 *  each with a chain of its own, and one that was killed leaves a chain that the next one goes on with. */
export async function takeChain(folder: string): Promise<Chain> {
  for (const writer of [...(await listWriters(folder)), randomBytes(6).toString('hex')]) {
    const release = tryLockFile(join(folder, lockName(writer)));
    if (!release) continue;
    try {
      const tail = await mendChain(folder, writer);
      const { value: head } = await readLastLine(join(folder, headsName(writer)), readHead);
      if (!head || head.seq < tail.seq || (head.seq === tail.seq && head.hash === tail.hash))
        return { writer, release, ...tail };
      // Somebody has shortened it. It stays as it is, for `verify` to name.
      release();
    } catch (error) {
      release();
      throw error;
    }
  }
  return takeChain(folder);
}

/** Cuts off what a crash left behind the newest record. A chain whose segments were all released goes on behind the last
 *  record that was. */
async function mendChain(folder: string, writer: string): Promise<ChainEnd> {
  const { release = NONE } = await readRelease(folder, writer);
  const segments = (await listSegments(folder)).filter((segment) => segment.writer === writer);
  for (const { name } of segments.reverse()) {
    const path = join(folder, name);
    const mended = await mendSegment(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    // Released meanwhile.
    if (!mended) return mendChain(folder, writer);
    const { seq, hash, size } = mended;
    if (seq > 0 && seq >= release.seq) return { seq, hash };
    if (seq > 0) break;
    if (size === 0) await unlink(path);
  }
  return { seq: release.seq, hash: release.hash };
}
const NONE: ChainEnd = { seq: 0, hash: '' };

/** Finds the newest record of a segment and cuts off the torn line that a crash left behind it. A whole line that was
 *  altered stays where it is, with everything behind it: it is evidence too.
 *  @returns  the newest record, 0 when there is none; and the bytes that are left */
export async function mendSegment(path: string): Promise<ChainEnd & { readonly size: number }> {
  let [seq, hash, size, ended] = [0, '', 0, true];
  for await (const line of readLines(path)) {
    const record = readRecord(line.bytes);
    if (!record && !(line.ended && isWhole(line.bytes) && readChainPosition(line.bytes))) continue;
    if (record) [seq, hash] = [record.seq, record.hash];
    [size, ended] = [line.end, line.ended];
  }
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(size);
    if (!ended) await handle.write('\n', size);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return { seq, hash, size: ended ? size : size + 1 };
}

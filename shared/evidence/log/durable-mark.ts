import { writeSync } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { durableName } from './evidence-folder.js';
import type { ChainEnd } from '../store/record-store.js';

/** Tells the shipper how far a chain is on stable storage: what lies behind may still be taken back, and its numbers be
 *  given to other records. The mark itself need not be durable, since it is set after what it tells of. */
export class DurableMark {
  private constructor(private readonly handle: FileHandle) {}

  static async open(folder: string, writer: string): Promise<DurableMark> {
    return new DurableMark(
      await open(join(folder, durableName(writer)), 'a+', 0o600).then(reopenInPlace(folder, writer)),
    );
  }

  /** Sixty bytes over the same sixty: a trip through the thread pool would cost ten times as much. */
  set({ seq, hash }: ChainEnd): void {
    writeSync(this.handle.fd, `${String(seq).padStart(15)} ${hash.padEnd(43)}\n`, 0);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** `a+` makes the file and never empties it, but appends always; `r+` writes in place. */
const reopenInPlace = (folder: string, writer: string) => async (made: FileHandle) => {
  await made.close();
  return open(join(folder, durableName(writer)), 'r+');
};

/** The newest record of a chain that is on stable storage; undefined when that is not known. */
export async function readDurableMark(folder: string, writer: string): Promise<ChainEnd | undefined> {
  const text = await readFile(join(folder, durableName(writer)), 'latin1').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  const [, seq, hash] = /^ *(\d+) ([\w-]{43}| {43})\n$/.exec(text) ?? [];
  return seq === undefined ? undefined : { seq: Number(seq), hash: hash!.trim() };
}

import { open } from 'node:fs/promises';

/** The end of a file that is written line by line. */
export interface LastLine<T> {
  /** Value of the newest line that has one. */
  readonly value?: T;
  /** That line, without its line end. */
  readonly line?: Buffer;
  /** Bytes up to the end of the file's last whole line; what stands behind was torn by a crash, or is being written. */
  readonly size: number;
}
/** Bytes at the end that are read first. */
const TAIL = 4096;

/** Finds the newest line of a file from its end, so that it costs the same however long the file has grown.
 *  @param read  what a line says; undefined when it says nothing */
export async function readLastLine<T>(path: string, read: (line: Buffer) => T | undefined): Promise<LastLine<T>> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (!handle) return { size: 0 };
  try {
    const { size } = await handle.stat();
    for (let length = TAIL; ; length *= 8) {
      const start = Math.max(0, size - length);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      const found = findLastLine(buffer.subarray(0, bytesRead), start, read);
      if (found.value !== undefined || start === 0) return found;
    }
  } finally {
    await handle.close();
  }
}

/** @param start  where the bytes begin in their file; what stands before their first line end may be half a line */
function findLastLine<T>(bytes: Buffer, start: number, read: (line: Buffer) => T | undefined): LastLine<T> {
  const end = bytes.lastIndexOf(10) + 1;
  for (let stop = end; stop > 0;) {
    const begin = stop < 2 ? 0 : bytes.lastIndexOf(10, stop - 2) + 1;
    const line = bytes.subarray(begin, stop - 1);
    const value = begin > 0 || start === 0 ? read(line) : undefined;
    if (value !== undefined) return { value, line, size: start + end };
    stop = begin;
  }
  return { size: end === 0 ? 0 : start + end };
}

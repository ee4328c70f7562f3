import { open } from 'node:fs/promises';

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/** Whole lines of a file, and at its end what may stand there without a line end. Good until the next one is asked for. */
export interface LineChunk {
  readonly bytes: Buffer;
  /** Offset of their first byte in the file. */
  readonly offset: number;
}
export interface Line {
  /** Without its line end. */
  readonly bytes: Buffer;
  /** Offset in the file behind the line and its end, bytes. */
  readonly end: number;
  readonly ended: boolean;
}

/** Reads a file in pieces that are cut at line ends. Only a line feed is one: a record's text may hold whatever else
 *  counts as such elsewhere. A file that is gone has none: a gateway removes its last segment when it wrote nothing. */
export async function* readLineChunks(path: string): AsyncGenerator<LineChunk> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    let [buffer, kept, offset] = [Buffer.allocUnsafe(Math.min(CHUNK, size + 1)), 0, 0];
    for (;;) {
      if (kept === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      const { bytesRead } = await handle.read(buffer, kept, buffer.length - kept, offset + kept);
      if (bytesRead === 0) break;
      const filled = kept + bytesRead;
      const cut = buffer.lastIndexOf(10, filled - 1) + 1;
      if (cut > 0) yield { bytes: buffer.subarray(0, cut), offset };
      buffer.copyWithin(0, cut, filled);
      [kept, offset] = [filled - cut, offset + cut];
    }
    if (kept > 0) yield { bytes: buffer.subarray(0, kept), offset };
  } finally {
    await handle.close();
  }
}

/** The lines of a file one by one, each good until the next is asked for. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  for await (const { bytes, offset } of readLineChunks(path)) {
    for (let start = 0; start < bytes.length;) {
      const at = bytes.indexOf(10, start);
      const stop = at < 0 ? bytes.length : at;
      const next = at < 0 ? stop : at + 1;
      yield { bytes: bytes.subarray(start, stop), end: offset + next, ended: at >= 0 };
      start = next;
    }
  }
}

import { hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { readLastLine } from '../log/read-last-line.js';
import { readLines } from '../log/read-lines.js';
import { openToAppend } from './append-line.js';

/** Bytes copied at once. */
const CHUNK = 1 << 20;

/** Appends to a copy whatever lines of a file it lacks; on stable storage when this resolves. What the copy has it keeps,
 *  also when the file was changed or shortened since: that is what the copy is for. */
export async function copyLines(source: string, copy: string): Promise<void> {
  const { size: end } = await readLastLine(source, () => true);
  if (end === 0) return;
  const handle = await openToAppend(copy);
  try {
    const { line, size } = await readLastLine(copy, () => true);
    const goesOn = await hasAt(source, line, size);
    if (goesOn && end === size) return;
    // Bytes that a crash left behind the last whole line.
    await handle.truncate(size);
    if (goesOn) await appendFrom(source, size, end, handle);
    else await appendMissing(source, copy, handle);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** True if a line of the file ends at this offset, so that writing can continue there. */
async function hasAt(path: string, line: Buffer | undefined, end: number): Promise<boolean> {
  if (!line) return end === 0;
  const expected = Buffer.concat([line, Buffer.from('\n')]);
  const handle = await open(path, 'r');
  try {
    const found = Buffer.alloc(expected.length);
    await handle.read(found, 0, found.length, end - found.length);
    return found.equals(expected);
  } finally {
    await handle.close();
  }
}

async function appendFrom(source: string, start: number, end: number, copy: FileHandle): Promise<void> {
  const handle = await open(source, 'r');
  try {
    for (let at = start; at < end;) {
      const buffer = Buffer.alloc(Math.min(CHUNK, end - at));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      await copy.appendFile(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

async function appendMissing(source: string, copy: string, handle: FileHandle): Promise<void> {
  const there = new Set<string>();
  for await (const { bytes } of readLines(copy)) there.add(hash('sha256', bytes, 'base64'));
  for await (const { bytes, ended } of readLines(source))
    if (ended && !there.has(hash('sha256', bytes, 'base64'))) await handle.appendFile(Buffer.concat([bytes, LINE_END]));
}
const LINE_END = Buffer.from('\n');

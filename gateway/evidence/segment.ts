import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AccessRecord } from './access-record.js';

/** Name of a segment file: sequence number of its first record, process that wrote it. */
export const SEGMENT = /^access-\d{15}-\d+\.ndjson$/;

/** A stored line: the record, its place in the chain and its hash. */
export type StoredRecord = AccessRecord & { readonly seq: number; readonly prev: string; readonly hash: string };

/** Reads a segment to its last whole record and cuts off what a crash left behind it. */
export async function mendSegment(path: string): Promise<{ head: string; sequence: number }> {
  let [head, sequence, good] = ['', 0, 0];
  for await (const line of lines(path)) {
    const record = readRecord(line);
    if (!record) break;
    head = record.hash;
    sequence = record.seq;
    good += Buffer.byteLength(line) + 1;
  }
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    if (good > size) {
      // The last record is whole but for its line end.
      await handle.write('\n', size);
    } else if (good < size) {
      await handle.truncate(good);
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return { head, sequence };
}

/** The record of a stored line, or undefined when the line is torn or altered. */
export function readRecord(line: string): StoredRecord | undefined {
  const cut = line.lastIndexOf(',"hash":"');
  if (cut < 0 || !line.endsWith('"}')) return undefined;
  const body = `${line.slice(0, cut)}}`;
  const hash = line.slice(cut + 9, -2);
  if (createHash('sha256').update(body).digest('base64url') !== hash) return undefined;
  return { ...(JSON.parse(body) as AccessRecord & { seq: number; prev: string }), hash };
}

/** Every whole record of a folder, oldest first.
 *  @param since  leaves out segments last written before, milliseconds since the epoch */
export async function* readRecords(folder: string, since = 0): AsyncGenerator<StoredRecord> {
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => SEGMENT.test(name)).sort();
  for (const name of names) {
    if (since > 0 && (await stat(join(folder, name))).mtimeMs < since) continue;
    for await (const line of lines(join(folder, name))) {
      const record = readRecord(line);
      if (record) yield record;
    }
  }
}

const lines = (path: string) => createInterface({ input: createReadStream(path), crlfDelay: Infinity });

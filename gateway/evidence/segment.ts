import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessRecord } from './access-record.js';

/** Name of a segment file: sequence number of its first record, milliseconds since the epoch at which it was begun.
 *  In the order of their names segments stand in the order of their records. */
export const SEGMENT = /^access-\d{15}-\d+\.ndjson$/;
export const segmentName = (sequence: number, begun: number): string =>
  `access-${String(sequence).padStart(15, '0')}-${begun}.ndjson`;

/** A stored line: the record, its place in the chain and its hash. */
export type StoredRecord = AccessRecord & { readonly seq: number; readonly prev: string; readonly hash: string };

/** Finds the newest record of a segment and cuts off the torn line that a crash left behind it. A whole line that was
 *  altered stays where it is, with everything behind it: it is evidence too.
 *  @returns  hash and number of the newest record; 0 when there is none */
export async function mendSegment(path: string): Promise<{ head: string; sequence: number }> {
  let [head, sequence, good, ended] = ['', 0, 0, true];
  for await (const line of lines(path)) {
    const record = readRecord(line.text);
    if (!record && !(line.ended && isWhole(line.text))) continue;
    if (record) [head, sequence] = [record.hash, record.seq];
    [good, ended] = [line.end, line.ended];
  }
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(good);
    if (!ended) await handle.write('\n', good);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return { head, sequence };
}

const HASH = ',"hash":"';
const isWhole = (line: string): boolean => line.startsWith('{') && line.endsWith('"}') && line.includes(HASH);

/** The record of a stored line, or undefined when the line is torn or altered. */
export function readRecord(line: string): StoredRecord | undefined {
  if (!isWhole(line)) return undefined;
  const cut = line.lastIndexOf(HASH);
  const body = `${line.slice(0, cut)}}`;
  const hash = line.slice(cut + HASH.length, -2);
  if (createHash('sha256').update(body).digest('base64url') !== hash) return undefined;
  return { ...(JSON.parse(body) as AccessRecord & { seq: number; prev: string }), hash };
}

/** Every whole record of a folder, oldest first.
 *  @param since  leaves out segments last written before, milliseconds since the epoch */
export async function* readRecords(folder: string, since = 0): AsyncGenerator<StoredRecord> {
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => SEGMENT.test(name)).sort();
  for (const name of names) {
    if (since > 0 && (await stat(join(folder, name))).mtimeMs < since) continue;
    for await (const { text } of lines(join(folder, name))) {
      const record = readRecord(text);
      if (record) yield record;
    }
  }
}

interface Line {
  readonly text: string;
  /** Offset in the file behind the line and its end, bytes. */
  readonly end: number;
  readonly ended: boolean;
}

/** The lines of a file. Only a line feed ends one: a record's text may hold whatever else counts as a line end. */
async function* lines(path: string): AsyncGenerator<Line> {
  let [rest, offset]: [Buffer, number] = [Buffer.alloc(0), 0];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let at = bytes.indexOf(10, rest.length); at >= 0; at = bytes.indexOf(10, start)) {
      yield { text: bytes.toString('utf8', start, at), end: offset + at + 1, ended: true };
      start = at + 1;
    }
    rest = bytes.subarray(start);
    offset += start;
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), end: offset + rest.length, ended: false };
}

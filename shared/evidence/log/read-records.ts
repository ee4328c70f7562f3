import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listSegments } from './evidence-folder.js';
import { readLines } from './read-lines.js';
import { readRecord, type StoredRecord } from '../record-line.js';

export type StoredAccess = Extract<StoredRecord, { kind: 'access' }>;

/** Every unaltered record of a folder: chain by chain, each oldest first.
 *  @param since  leaves out segments last written before, milliseconds since the epoch */
export async function* readRecords(folder: string, since = 0): AsyncGenerator<StoredRecord> {
  for (const { name } of await listSegments(folder)) {
    const path = join(folder, name);
    if (since > 0 && (await changedAt(path)) < since) continue;
    for await (const { bytes } of readLines(path)) {
      const record = readRecord(bytes);
      if (record) yield record;
    }
  }
}

/** A gateway that closes removes a segment in which it wrote nothing. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return -Infinity;
      throw error;
    },
  );

/** The access records among them. */
export async function* readAccessRecords(folder: string, since = 0): AsyncGenerator<StoredAccess> {
  for await (const record of readRecords(folder, since)) if (record.kind === 'access') yield record;
}

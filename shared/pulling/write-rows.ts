import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { PulledRow } from './read-source.store.js';
import { instantOf } from './watermark.js';

/** Rows of a pull in a file of one JSON object a line. */
export interface PulledFile {
  readonly rows: number;
  readonly bytes: number;
  /** Of the file, hex. */
  readonly sha256: string;
  /** Greatest watermark of the rows, ms since the epoch. */
  readonly latest?: number | undefined;
}

interface WriteOptions {
  /** Item of the last change. */
  readonly watermark?: string | undefined;
  /** IANA name. */
  readonly timeZone: string;
  /** Largest file that the hub takes. */
  readonly mostBytes: number;
}

/** Writes the rows of a pull into a file, which is made anew and is on stable storage then.
 *  @param file     in a folder that is there
 *  @param batches  rows in their order
 *  @param limits   what of them is wanted
 *  @throws RangeError where the file would be larger, or what `batches` throws */
export async function writeRows(
  file: string,
  batches: AsyncIterable<readonly PulledRow[]>,
  { watermark, timeZone, mostBytes }: WriteOptions,
): Promise<PulledFile> {
  const handle = await open(file, 'w', 0o600);
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  let latest: number | undefined;
  try {
    for await (const batch of batches) {
      const text = Buffer.from(batch.map((row) => `${JSON.stringify(row)}\n`).join(''));
      rows += batch.length;
      bytes += text.length;
      if (bytes > mostBytes) throw new RangeError('the rows of a pull are too many');
      if (watermark !== undefined)
        for (const row of batch) {
          const instant = instantOf(row[watermark], timeZone);
          if (instant !== undefined && instant > (latest ?? -Infinity)) latest = instant;
        }
      hash.update(text);
      await handle.appendFile(text);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { rows, bytes, sha256: hash.digest('hex'), latest };
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { OpenedRows } from '../file-row.js';
import type { FileFormat, LoadOrder } from '../load/load-order.js';
import { LoadRefusal } from '../load-rules.js';
import { matchHeadings } from '../match-headings.js';
import type { ColumnSpec } from '../../declaration/index.js';
import { openCsv } from './read-csv.js';
import { openNdjson } from './read-ndjson.js';
import { openXlsx } from './xlsx/read-xlsx.js';
import { say } from '../messages.js';

const CHUNK_BYTES = 256 * 1024;

/** Opens a file's rows. The last of them comes only when the content is the one that was announced.
 *  @throws LoadRefusal of files and headings */
export async function openRows(
  order: Pick<LoadOrder, 'file' | 'format' | 'sha256'>,
  columns: readonly ColumnSpec[],
): Promise<OpenedRows> {
  const { file, format } = order;
  let read = 0;
  const bytes = checked(order, (count) => (read += count));
  const bytesRead = (): number => read;
  if (format === 'NDJSON') return { ...openNdjson(bytes, columns), bytesRead };
  const match = (headings: readonly string[]) => matchHeadings(headings, columns);
  if (format === 'CSV') return { ...(await openCsv(bytes, match)), bytesRead };
  // A workbook is read in the order of its own directory, so it is checked before.
  for await (const _ of bytes);
  const { size } = await stat(file);
  return { ...(await openXlsx(file, match)), bytesRead: () => size };
}

/** The bytes of a file, counted.
 *  @throws LoadRefusal FILE_CHANGED at the end, where they have another hash */
async function* checked(
  { file, format, sha256 }: Pick<LoadOrder, 'file' | 'format' | 'sha256'>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let isFirst = true;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    if (isFirst) refuseOtherFormats(chunk, format);
    isFirst = false;
    hash.update(chunk);
    count(chunk.length);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new LoadRefusal('FILE_CHANGED');
}

/** Names what a file is where people take one thing for another. */
export function refuseOtherFormats(start: Buffer, format: FileFormat): void {
  const isArchive = start.subarray(0, 4).equals(ARCHIVE);
  if (start.subarray(0, 8).equals(COMPOUND)) throw new LoadRefusal('WORKBOOK_PROTECTED');
  const isText = format !== 'XLSX';
  if (isText && isArchive) throw new LoadRefusal('FORMAT_WRONG', say('archive'));
  if (isText && start.subarray(0, 4_096).includes(0) && !isUtf16(start))
    throw new LoadRefusal('FORMAT_WRONG', say('binary'));
}
const ARCHIVE = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const isUtf16 = (start: Buffer): boolean =>
  (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);

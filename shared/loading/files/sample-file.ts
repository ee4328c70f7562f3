import { createReadStream } from 'node:fs';
import type { FileRows } from '../file-row.js';
import { LoadRefusal } from '../load-rules.js';
import type { FileFormat } from '../load/load-order.js';
import { refuseOtherFormats } from './open-rows.js';
import { openCsv } from './read-csv.js';
import { openXlsx } from './xlsx/read-xlsx.js';
import { say } from '../messages.js';

/** The beginning of a file whose columns nobody has declared yet. */
export interface FileSample {
  /** Without the empty ones behind the last. */
  readonly headings: readonly string[];
  /** Cells in the order of the headings; one that the format marks as wrong is empty. */
  readonly rows: readonly (readonly string[])[];
  /** The file has no further rows. */
  readonly isWhole: boolean;
}

/** Reads headings and the first rows of a file.
 *  @param most  rows
 *  @throws LoadRefusal of files and headings; FORMAT_WRONG where no row fits the heading */
export async function sampleFile(
  file: string,
  format: Exclude<FileFormat, 'NDJSON'>,
  most: number,
): Promise<FileSample> {
  const opened = await open(file, format);
  const headings = readHeadings(opened.headings);
  const rows: string[][] = [];
  let isRagged = false;
  let isWhole = true;
  for await (const batch of opened.batches) {
    for (const { cells, problem, marks } of batch) {
      if (problem) isRagged = true;
      else rows.push(headings.map((_, at) => (marks?.has(at) ? '' : (cells[at] ?? '').trim())));
    }
    if (rows.length > most) {
      isWhole = false;
      break;
    }
  }
  if (isRagged && rows.length === 0) throw new LoadRefusal('FORMAT_WRONG', say('ragged'));
  return { headings, rows: rows.slice(0, most), isWhole };
}

async function open(file: string, format: Exclude<FileFormat, 'NDJSON'>): Promise<FileRows> {
  const start = await readStart(file);
  refuseOtherFormats(start, format);
  if (format === 'CSV') return openCsv(createReadStream(file) as AsyncIterable<Buffer>, () => []);
  return openXlsx(file, () => []);
}

async function readStart(file: string): Promise<Buffer> {
  for await (const chunk of createReadStream(file, { end: 8_191 }) as AsyncIterable<Buffer>) return chunk;
  throw new LoadRefusal('FILE_EMPTY');
}

/** @throws LoadRefusal HEADING_EMPTY, HEADING_DOUBLE */
function readHeadings(cells: readonly string[]): string[] {
  const headings = cells.map((cell) => cell.trim());
  while (headings.at(-1) === '') headings.pop();
  const empty = headings.indexOf('');
  if (empty >= 0) throw new LoadRefusal('HEADING_EMPTY', say('column', { at: empty + 1 }));
  const double = headings.find((heading, at) => headings.indexOf(heading) !== at);
  if (double !== undefined) throw new LoadRefusal('HEADING_DOUBLE', double.slice(0, 40));
  return headings;
}

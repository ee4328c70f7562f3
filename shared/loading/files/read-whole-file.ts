import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRow, FileRows } from '../file-row.js';
import { LoadRefusal } from '../load-rules.js';
import { refuseOtherFormats } from './open-rows.js';
import { openCsv } from './read-csv.js';
import { openXlsx } from './xlsx/read-xlsx.js';

/** A small file with all its rows. */
export interface WholeFile {
  readonly format: 'CSV' | 'XLSX';
  readonly headings: readonly string[];
  readonly rows: readonly FileRow[];
}

/** Reads a small CSV or XLSX file whole; its content tells which of the two it is.
 *  @param most  rows below the heading
 *  @throws LoadRefusal of files and headings; ROWS_TOO_MANY without a detail */
export async function readWholeFile(content: Buffer, most: number): Promise<WholeFile> {
  if (content.length === 0) throw new LoadRefusal('FILE_EMPTY');
  if (content.subarray(0, 4).equals(PDF)) throw new LoadRefusal('FORMAT_WRONG', 'PDF');
  const format = content.subarray(0, 2).equals(ARCHIVE) ? 'XLSX' : 'CSV';
  refuseOtherFormats(content, format);
  if (format === 'CSV') return { format, ...(await readRows(await openCsv(chunksOf(content), () => []), most)) };
  const folder = await mkdtemp(join(tmpdir(), 'sharehub-file-'));
  try {
    const file = join(folder, 'file.xlsx');
    await writeFile(file, content, { mode: 0o600 });
    return { format, ...(await readRows(await openXlsx(file, () => []), most)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
const ARCHIVE = Buffer.from('PK');
const PDF = Buffer.from('%PDF');

async function readRows({ headings, batches }: FileRows, most: number): Promise<Omit<WholeFile, 'format'>> {
  const rows: FileRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > most) throw new LoadRefusal('ROWS_TOO_MANY');
  }
  return { headings, rows };
}

async function* chunksOf(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

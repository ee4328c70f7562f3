import type { FileRow, FileRows } from '../../file-row.js';
import { LoadRefusal } from '../../load-rules.js';
import type { MatchHeadings } from '../../match-headings.js';
import { Archive } from './archive.js';
import { readSheet } from './read-sheet.js';
import { readStrings, readWorkbook } from './read-workbook.js';
import { StringTable } from './string-table.js';
import { say } from '../../messages.js';

/** Opens the first visible sheet of a workbook; its first row that is not empty is the heading. Formulas count by the value
 *  that was last calculated.
 *  @throws LoadRefusal of workbooks and headings */
export async function openXlsx(file: string, match: MatchHeadings): Promise<FileRows> {
  const archive = await Archive.open(file);
  const strings = new StringTable(`${file}.strings`);
  const close = (): void => {
    strings.close();
    archive.close();
  };
  try {
    const workbook = await readWorkbook(archive);
    if (workbook.strings !== undefined) await readStrings(archive, workbook.strings, strings);
    const rows = readSheet(await archive.open(workbook.sheet), workbook, strings);
    const first = await rows.next();
    const [heading, ...rest] = first.done === true ? [] : first.value;
    if (!heading) throw new LoadRefusal('FILE_EMPTY');
    if (heading.marks) throw new LoadRefusal('FORMAT_WRONG', say('headings'), heading.line);
    const positions = match(heading.cells);
    return { positions, headings: heading.cells, batches: fillRows(rest, rows, heading.cells.length, close) };
  } catch (error) {
    close();
    throw error;
  }
}

/** A row ends with its last cell that is not empty. */
async function* fillRows(
  first: readonly FileRow[],
  rows: AsyncGenerator<readonly FileRow[]>,
  width: number,
  close: () => void,
): AsyncGenerator<readonly FileRow[]> {
  const fill = (row: FileRow): FileRow => (row.cells.length > width ? { ...row, problem: 'ROW_RAGGED' } : row);
  try {
    if (first.length > 0) yield first.map(fill);
    for await (const batch of rows) yield batch.map(fill);
  } finally {
    close();
  }
}

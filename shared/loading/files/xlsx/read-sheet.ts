import type { CellMark, FileRow } from '../../file-row.js';
import { LoadRefusal } from '../../load-rules.js';
import { dateText, numberText } from './cell-text.js';
import { parseXml } from './parse-xml.js';
import type { Workbook } from './read-workbook.js';
import type { StringTable } from './string-table.js';

/** Most rows of a sheet: a larger table is read several times faster as CSV. */
const MOST_ROWS = 500_000;
const MOST_COLUMNS = 16_384;

/** Rows of a sheet that are not empty, in batches.
 *  @throws LoadRefusal ROWS_TOO_MANY, CELLS_MERGED, WORKBOOK_MALFORMED; nothing has been stored by then */
export async function* readSheet(
  bytes: AsyncIterable<Uint8Array>,
  workbook: Workbook,
  strings: StringTable,
): AsyncGenerator<readonly FileRow[]> {
  const reader = new SheetReader(workbook, strings);
  yield* parseXml(
    bytes,
    {
      open: (name, attributes) => reader.open(name, attributes),
      text: (piece) => reader.text(piece),
      close: (name) => reader.close(name),
    },
    () => reader.takeRows(),
  );
}

class SheetReader {
  #rows: FileRow[] = [];
  #count = 0;
  #line = 0;
  #cells: string[] = [];
  #marks: Map<number, CellMark> | undefined;
  #column = -1;
  #type = 'n';
  #style = 0;
  #hasFormula = false;
  #hasValue = false;
  #value = '';
  #takes = false;
  #phonetic = 0;

  constructor(
    private readonly workbook: Workbook,
    private readonly strings: StringTable,
  ) {}

  takeRows(): readonly FileRow[] | undefined {
    if (this.#rows.length === 0) return undefined;
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#line = attributes['r'] === undefined ? this.#line + 1 : Number(attributes['r']);
      [this.#cells, this.#marks, this.#column] = [[], undefined, -1];
    } else if (name === 'c') {
      const at = attributes['r'] === undefined ? this.#column + 1 : columnOf(attributes['r']);
      if (!(at >= 0 && at < MOST_COLUMNS)) throw new LoadRefusal('WORKBOOK_MALFORMED');
      this.#column = at;
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? 0);
      [this.#hasFormula, this.#hasValue, this.#value] = [false, false, ''];
    } else if (name === 'f') this.#hasFormula = true;
    else if (name === 'rPh') this.#phonetic++;
    else if (name === 'v' || (name === 't' && this.#phonetic === 0)) [this.#takes, this.#hasValue] = [true, true];
    else if (name === 'mergeCell') throw new LoadRefusal('CELLS_MERGED', attributes['ref']);
  }

  text(piece: string): void {
    if (this.#takes) this.#value += piece;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#takes = false;
    else if (name === 'rPh') this.#phonetic--;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
  }

  #endCell(): void {
    const { text, mark } = this.#readCell();
    if (text === '' && mark === undefined) return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
    if (mark !== undefined) (this.#marks ??= new Map()).set(this.#column, mark);
  }

  #readCell(): { readonly text: string; readonly mark?: CellMark } {
    const value = this.#value;
    if (this.#hasFormula && !this.#hasValue) return { text: '', mark: 'FORMULA_UNCALCULATED' };
    if (this.#type === 'e') return { text: value, mark: 'CELL_ERROR' };
    const formula = this.#hasFormula ? ({ mark: 'FORMULA' } as const) : {};
    if (this.#type === 's') {
      const text = this.strings.get(Number(value));
      if (text === undefined) throw new LoadRefusal('WORKBOOK_MALFORMED');
      return { text, ...formula };
    }
    if (this.#type === 'b') return { text: value === '1' ? 'true' : 'false', ...formula };
    if (this.#type !== 'n' || value === '') return { text: value, ...formula };
    if (this.workbook.dateStyles[this.#style]) {
      const date = dateText(Number(value), this.workbook.is1904);
      return date === undefined ? { text: value, mark: 'CELL_ERROR' } : { text: date, ...formula };
    }
    const text = numberText(value);
    return text === undefined ? { text: value, mark: 'NUMBER_ROUNDED' } : { text, ...formula };
  }

  #endRow(): void {
    if (this.#cells.every((cell) => cell === '') && !this.#marks) return;
    if (++this.#count > MOST_ROWS + 1) throw new LoadRefusal('ROWS_TOO_MANY');
    this.#rows.push({ line: this.#line, cells: this.#cells, ...(this.#marks && { marks: this.#marks }) });
  }
}

/** Index of a cell's column, as of `AB12`. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

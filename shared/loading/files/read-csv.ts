import type { FileRow, FileRows } from '../file-row.js';
import { LoadRefusal } from '../load-rules.js';
import type { MatchHeadings } from '../match-headings.js';
import { decodeLines } from './decode-lines.js';

/** Longest record, characters, and most lines of one: a quote that is never closed must not swallow the file. */
const LONGEST_RECORD = 1_000_000;
const MOST_LINES = 1_000;

/** Opens a CSV file. Fields are separated by commas, or by tabs or semicolons where the heading is.
 *  @source RFC 4180
 *  @throws LoadRefusal of files and headings */
export async function openCsv(bytes: AsyncIterable<Uint8Array>, match: MatchHeadings): Promise<FileRows> {
  const records = readRecords(decodeLines(bytes));
  const first = await records.next();
  const [heading, ...rest] = first.done === true ? [] : first.value;
  if (!heading || heading.cells.every((cell) => cell === '')) throw new LoadRefusal('FILE_EMPTY');
  if (heading.problem) throw new LoadRefusal('FORMAT_WRONG', undefined, heading.line);
  const positions = match(heading.cells);
  const width = heading.cells.length;
  return { positions, headings: heading.cells, batches: refuseRagged(rest, records, width) };
}

async function* refuseRagged(
  first: readonly FileRow[],
  records: AsyncGenerator<readonly FileRow[]>,
  width: number,
): AsyncGenerator<readonly FileRow[]> {
  const check = (row: FileRow): FileRow =>
    row.cells.length === width || row.problem ? row : { ...row, problem: 'ROW_RAGGED' };
  if (first.length > 0) yield first.map(check);
  for await (const batch of records) yield batch.map(check);
}

/** Records of a CSV text, a batch for each piece of it; empty lines are left out. The first record is the heading. */
async function* readRecords(pieces: AsyncIterable<string>): AsyncGenerator<FileRow[]> {
  const reader = new RecordReader();
  let open = '';
  for await (const piece of pieces) {
    const batch: FileRow[] = [];
    open = reader.read(open + piece, false, batch);
    if (batch.length > 0) yield batch;
  }
  const batch: FileRow[] = [];
  reader.read(open, true, batch);
  if (batch.length > 0) yield batch;
}

class RecordReader {
  #line = 1;
  #separator: string | undefined;

  /** Reads whole records.
   *  @param isEnd  nothing comes after the text
   *  @returns      the text of a record that is not whole yet */
  read(text: string, isEnd: boolean, into: FileRow[]): string {
    let start = 0;
    while (start < text.length) {
      let end = text.indexOf('\n', start);
      if (end < 0 && !isEnd) break;
      if (end < 0) end = text.length;
      const line = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
      if (!line.includes('"')) {
        if (line !== '') into.push({ line: this.#line, cells: line.split(this.#separatorOf(line)) });
        this.#line++;
        start = end + 1;
        continue;
      }
      const record = readQuoted(text, start, this.#separatorOf(line));
      if (record.isOpen && !isEnd && text.length - start < LONGEST_RECORD && record.lines < MOST_LINES) break;
      // A quote that is never closed spoils its own line only.
      const whole = record.isOpen
        ? { cells: line.split(this.#separatorOf(line)), problem: 'QUOTE_OPEN' as const, end, lines: 1 }
        : record;
      const { cells, problem, lines } = whole;
      into.push({ line: this.#line, cells, ...(problem && { problem }) });
      this.#line += lines;
      start = whole.end + 1;
    }
    return text.slice(start);
  }

  #separatorOf(heading: string): string {
    this.#separator ??= [',', '\t', ';'].find((separator) => heading.includes(separator)) ?? ',';
    return this.#separator;
  }
}

interface QuotedRecord {
  readonly cells: string[];
  readonly problem?: 'QUOTE_STRAY';
  /** Index of the line break behind the record, or of the end. */
  readonly end: number;
  readonly lines: number;
  readonly isOpen?: true;
}

/** Reads a record that has quotes in it. */
function readQuoted(text: string, start: number, separator: string): QuotedRecord {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  let isStray = false;
  for (;;) {
    let cell: string;
    if (text[at] === '"') {
      let value = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) return { cells, end: text.length, lines, isOpen: true };
        value += text.slice(from, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
        from = at + 1;
      }
      lines += countLines(value);
      const rest = cellEnd(text, at, separator);
      isStray ||= text.slice(at, rest).trimEnd() !== '';
      cell = value;
      at = rest;
    } else {
      const rest = cellEnd(text, at, separator);
      cell = text.slice(at, text[rest] === '\n' || rest === text.length ? trimReturn(text, at, rest) : rest);
      isStray ||= cell.includes('"');
      at = rest;
    }
    cells.push(cell);
    if (at >= text.length || text[at] === '\n')
      return { cells, end: at, lines, ...(isStray && { problem: 'QUOTE_STRAY' as const }) };
    at++;
  }
}

function cellEnd(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) if (text[at] === separator || text[at] === '\n') return at;
  return text.length;
}

const trimReturn = (text: string, start: number, end: number): number =>
  end > start && text[end - 1] === '\r' ? end - 1 : end;

function countLines(value: string): number {
  let count = 0;
  for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) count++;
  return count;
}

import type { CellMark, FileRow, FileRows } from '../file-row.js';
import { indexHeadings } from '../match-headings.js';
import type { ColumnSpec } from '../../declaration/index.js';
import { decodeLines } from './decode-lines.js';

/** Opens a file of one JSON object a line. A member is named like an item, its title or its source column; one that is
 *  absent is empty. Numbers of many digits stay as they are written. */
export function openNdjson(bytes: AsyncIterable<Uint8Array>, columns: readonly ColumnSpec[]): FileRows {
  return {
    positions: columns.map((_, at) => at),
    headings: columns.map(({ name }) => name),
    batches: readObjects(decodeLines(bytes), columns),
  };
}

async function* readObjects(
  pieces: AsyncIterable<string>,
  columns: readonly ColumnSpec[],
): AsyncGenerator<readonly FileRow[]> {
  const headings = indexHeadings(columns);
  let line = 0;
  for await (const piece of pieces) {
    const batch: FileRow[] = [];
    const texts = piece.split('\n');
    if (texts.at(-1) === '') texts.pop();
    for (const text of texts) {
      line++;
      if (text.trim() !== '') batch.push(toRow(text, line, columns.length, headings));
    }
    if (batch.length > 0) yield batch;
  }
}

function toRow(text: string, line: number, width: number, headings: ReadonlyMap<string, number>): FileRow {
  const cells = new Array<string>(width).fill('');
  const object = parseObject(text);
  if (!object) return { line, cells, problem: 'ROW_MALFORMED' };
  let marks: Map<number, CellMark> | undefined;
  for (const [name, value] of Object.entries(object)) {
    const column = headings.get(name) ?? headings.get(name.normalize('NFKC').trim().toLowerCase());
    if (column === undefined) return { line, cells, problem: 'HEADING_UNKNOWN' };
    if (value === null) continue;
    if (typeof value === 'object') (marks ??= new Map()).set(column, 'VALUE_NESTED');
    else cells[column] = String(value);
  }
  return { line, cells, ...(marks && { marks }) };
}

const LONG_NUMBER = /\d{16}/;

function parseObject(text: string): Readonly<Record<string, string | number | boolean | object | null>> | undefined {
  try {
    const value: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepNumber) : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never) : undefined;
  } catch {
    return undefined;
  }
}

/** A number as it is written, not as it is rounded. */
function keepNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value;
}

import type { FileRow } from '../../../../shared/loading/index.js';
import { say } from '../messages/index.js';
import { cleanCell } from './cell-kinds.rule.js';
import { COLUMNS, type SheetColumn } from './columns.rule.js';
import type { Fault } from './import-fault.rule.js';
import type { Cells } from './write-entry-rows.rule.js';

/** An item of a file. */
export interface SheetItem {
  readonly row: number;
  readonly cells: Cells;
}
/** An entry of a file, with the rows of its items. */
export interface SheetEntry {
  /** Its first row. */
  readonly row: number;
  readonly code: string;
  readonly cells: Cells;
  readonly items: readonly SheetItem[];
}
export interface Sheet {
  /** Keys of the columns that the file has. */
  readonly columns: ReadonlySet<string>;
  readonly entries: readonly SheetEntry[];
  readonly faults: readonly Fault[];
}

const CODE_FORM = /^\d[\d/]{2,30}$/;
const foldHeading = (heading: string): string => heading.normalize('NFKC').replace(/\s/g, '');

const BY_HEADING = new Map(
  COLUMNS.flatMap((column) => [column.heading, ...(column.aliases ?? [])].map((name) => [name, column] as const)),
);

/** Finds the column under each heading.
 *  @returns undefined for a heading that names none; faults for headings that are unknown, double or missing */
export function readHeadings(headings: readonly string[]): {
  readonly columns: readonly (SheetColumn | undefined)[];
  readonly faults: readonly Fault[];
} {
  const names = headings.map(foldHeading);
  while (names.at(-1) === '') names.pop();
  const columns = names.map((name) => BY_HEADING.get(name));
  const faults: Fault[] = [];
  for (const [at, name] of names.entries()) {
    const column = columns[at];
    if (name === '') faults.push({ row: 1, code: 'HEADING_EMPTY', message: say('bulk.headingEmpty', { at: at + 1 }) });
    else if (!column)
      faults.push({ row: 1, column: name, code: 'HEADING_UNKNOWN', message: say('bulk.headingUnknown', { name }) });
    else if (columns.indexOf(column) !== at)
      faults.push({ row: 1, column: name, code: 'HEADING_DOUBLE', message: say('bulk.headingDouble', { name }) });
  }
  for (const column of COLUMNS)
    if (column.required && !columns.includes(column)) {
      const { heading: name } = column;
      faults.push({ column: name, code: 'HEADING_MISSING', message: say('bulk.headingMissing', { name }) });
    }
  return { columns, faults };
}

/** Gathers rows into entries, and finds what can be told without the catalogue: unreadable rows and cells, missing and
 *  malformed codes, one code for two entries, an item twice is found with the others of its entry.
 *  @param isCsv  a formula's apostrophe, as the export writes it, is taken off */
export function readSheet(headings: readonly string[], rows: readonly FileRow[], isCsv: boolean): Sheet {
  const { columns, faults: wrong } = readHeadings(headings);
  const known = new Set(columns.flatMap((column) => column?.key ?? []));
  if (wrong.length > 0) return { columns: known, entries: [], faults: wrong };
  const faults: Fault[] = [];
  const entries = new Map<string, { row: number; code: string; cells: Cells; items: SheetItem[] }>();
  for (const [index, each] of rows.entries()) {
    // Spreadsheets show a record of a CSV file as one row, whatever lines it has.
    const row = isCsv ? { ...each, line: index + 2 } : each;
    const cells: Record<string, string> = {};
    for (const [at, column] of columns.entries()) cells[column!.key] = readCell(row.cells[at] ?? '', isCsv);
    const inRow = findRowFaults(row, columns as readonly SheetColumn[]);
    faults.push(...inRow);
    const code = cells['code'] ?? '';
    if (row.problem) continue;
    if (!CODE_FORM.test(code)) {
      if (!inRow.some(({ column }) => column === '信息资源代码')) faults.push(faultOfCode(row.line, code));
      continue;
    }
    const entry = entries.get(code);
    if (entry) faults.push(...findDifferences(entry, cells, row.line));
    const its = entry ?? { row: row.line, code, cells, items: [] };
    entries.set(code, its);
    if (COLUMNS.some(({ key, of }) => of === 'ITEM' && cells[key])) its.items.push({ row: row.line, cells });
  }
  return { columns: known, entries: [...entries.values()], faults };
}

const readCell = (text: string, isCsv: boolean): string =>
  cleanCell(isCsv && /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text);

const faultOfCode = (row: number, value: string): Fault =>
  value === ''
    ? { row, column: '信息资源代码', code: 'VALUE_MISSING', message: say('bulk.missing') }
    : { row, column: '信息资源代码', value, code: 'CODE_MALFORMED', message: say('entry.code') };

function findRowFaults({ line, cells, problem, marks }: FileRow, columns: readonly SheetColumn[]): Fault[] {
  const faults: Fault[] = [];
  if (problem)
    faults.push({
      row: line,
      code: 'ROW_MALFORMED',
      message: say(`bulk.row.${problem === 'ROW_RAGGED' ? 'ragged' : 'quotes'}`),
    });
  for (const [at, mark] of marks ?? []) {
    const place = { row: line, column: columns[at]?.heading, value: cells[at] };
    if (mark === 'NUMBER_ROUNDED') faults.push({ ...place, code: mark, message: say('bulk.rounded') });
    else if (mark === 'CELL_ERROR') faults.push({ ...place, code: mark, message: say('bulk.cellError') });
    else faults.push({ ...place, code: 'CELL_FORMULA', message: say('bulk.formula') });
  }
  return faults;
}

/** Rows of one code say the same of their entry; another name is another entry under a code that is taken. */
function findDifferences(entry: { readonly row: number; readonly cells: Cells }, cells: Cells, row: number): Fault[] {
  const differing = COLUMNS.filter(({ key, of }) => of === 'ENTRY' && (cells[key] ?? '') !== (entry.cells[key] ?? ''));
  const name = differing.find(({ key }) => key === 'name');
  if (name) {
    const value = cells['name']!;
    const message = say('bulk.codeDouble', { code: cells['code']!, name: entry.cells['name']!, row: entry.row });
    return [{ row, column: name.heading, value, code: 'CODE_DOUBLE', message }];
  }
  return differing.map(({ key, heading }) => {
    const message = say('bulk.rowsDiffer', { row: entry.row, before: entry.cells[key] || '—' });
    return { row, column: heading, value: cells[key]!, code: 'ROWS_DIFFER', message };
  });
}

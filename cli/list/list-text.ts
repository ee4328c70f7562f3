import { csvText } from '../../shared/loading/index.js';

/** A line of a list or catalogue. */
export type Line = Readonly<Record<string, string | readonly string[] | null>>;

/** Fields of a list entry, named as in the schema. */
export const LINE_FIELDS = [
  'key',
  'department',
  'provider',
  'resource',
  'name',
  'items',
  'shareType',
  'state',
  'basis',
  'scenario',
  'updateCycle',
  'openness',
];

/** First line of a file of entries.
 *  @param mark  with the mark by which spreadsheets know UTF-8 */
export const beginning = (format: string, mark: boolean, fields: readonly string[] = LINE_FIELDS): string =>
  format === 'csv' ? (mark ? '\u{feff}' : '') + csvText([fields]) : '';

/** Lines of a list as lines of a file. In CSV a text that a spreadsheet would take for a formula begins with an apostrophe,
 *  and several values in one field are parted by semicolons. */
export const linesOf = (format: string, lines: readonly Line[], fields: readonly string[] = LINE_FIELDS): string =>
  format === 'csv'
    ? csvText(lines.map((line) => rowOf(line, fields)))
    : lines.map((line) => `${JSON.stringify(line)}\n`).join('');

const rowOf = (line: Line, fields: readonly string[]): unknown[] =>
  fields.map((field) => {
    const value = line[field];
    return Array.isArray(value) ? value.join(';') : value;
  });

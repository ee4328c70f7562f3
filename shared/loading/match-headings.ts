import type { ColumnSpec } from '../declaration/index.js';
import { LoadRefusal } from './load-rules.js';
import { say } from './messages.js';

/** Columns that a report of rejected rows adds; a corrected report is loaded without them. */
export const REPORT_HEADINGS = ['错误行号', '错误原因'] as const;

/** Finds which cell of a row each wanted column is in, by the file's headings. */
export type MatchHeadings = (headings: readonly string[]) => readonly number[];

/** Finds the cell of each column by a file's headings: an item's name, its title or its column in the source.
 *  @returns  for each column, the index of its heading
 *  @throws LoadRefusal HEADING_EMPTY, HEADING_UNKNOWN, HEADING_DOUBLE, HEADING_MISSING */
export function matchHeadings(headings: readonly string[], columns: readonly ColumnSpec[]): number[] {
  const columnOf = indexHeadings(columns);
  const positions = columns.map(() => -1);
  const unknown: string[] = [];
  const double: string[] = [];
  const trimmed = dropTrailingEmpty(headings.map((heading) => heading.trim()));
  for (const [at, heading] of trimmed.entries()) {
    if (heading === '') throw new LoadRefusal('HEADING_EMPTY', say('column', { at: at + 1 }));
    if ((REPORT_HEADINGS as readonly string[]).includes(heading)) continue;
    const column = columnOf.get(foldHeading(heading));
    if (column === undefined) unknown.push(heading);
    else if (positions[column]! >= 0) double.push(heading);
    else positions[column] = at;
  }
  if (unknown.length > 0) throw new LoadRefusal('HEADING_UNKNOWN', listed(unknown));
  if (double.length > 0) throw new LoadRefusal('HEADING_DOUBLE', listed(double));
  const missing = columns.filter((_, at) => positions[at]! < 0).map(({ name, title }) => `${title}（${name}）`);
  if (missing.length > 0) throw new LoadRefusal('HEADING_MISSING', listed(missing));
  return positions;
}

/** Accepted headings, folded, and the column each names. A heading that two columns claim names neither. */
export function indexHeadings(columns: readonly ColumnSpec[]): Map<string, number> {
  const found = new Map<string, number | undefined>();
  for (const [at, { name, title, headers }] of columns.entries())
    for (const heading of new Set([name, title, ...headers].map(foldHeading)))
      found.set(heading, found.has(heading) ? undefined : at);
  // Names are unique, so a name always names its own column.
  for (const [at, { name }] of columns.entries()) found.set(foldHeading(name), at);
  return new Map([...found].flatMap(([heading, at]) => (at === undefined ? [] : [[heading, at] as const])));
}

const foldHeading = (heading: string): string => heading.normalize('NFKC').trim().toLowerCase();

/** Spreadsheets leave empty columns behind the last one. */
function dropTrailingEmpty(headings: readonly string[]): readonly string[] {
  let end = headings.length;
  while (end > 0 && headings[end - 1] === '') end--;
  return headings.slice(0, end);
}

const MOST_LISTED = 10;
const listed = (names: readonly string[]): string =>
  names
    .slice(0, MOST_LISTED)
    .map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
    .join('、') + (names.length > MOST_LISTED ? ` 等 ${names.length} 列` : '');

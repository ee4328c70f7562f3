import { csv } from '../csv-text.js';

/** A use as the hub gives it. */
export interface ExportedUse {
  readonly [field: string]: unknown;
  readonly approvals: readonly {
    readonly grant: string;
    readonly approver: string;
    readonly basis: readonly string[];
  }[];
  readonly released: readonly { readonly coordinate: string }[];
  readonly denied: readonly { readonly coordinate: string; readonly code: string }[];
  readonly internal: readonly { readonly coordinate: string }[];
  readonly rows: readonly { readonly type: string; readonly count: number }[];
}
export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** What is asked for of each use. */
export const USE_FIELDS = `position time department system person scenario purpose mode medium outcome code repeated requestId
  operation graphVersion grantVersion subjectCount approvals { grant approver basis } released { coordinate resource }
  denied { coordinate resource code } internal { coordinate resource } rows { type count }`;

const PLAIN = [
  ...['position', 'time', 'department', 'system', 'person', 'scenario', 'purpose', 'mode', 'medium', 'outcome', 'code'],
  ...['repeated', 'requestId', 'operation', 'graphVersion', 'grantVersion', 'subjectCount'],
];
const COLUMNS = [...PLAIN, 'released', 'denied', 'internal', 'rows', 'grants', 'approvers', 'basis'];

/** How a file of uses begins.
 *  @param mark  with the mark by which spreadsheets know UTF-8 */
export const beginning = (format: Format, mark: boolean): string =>
  format === 'csv' ? (mark ? '\u{feff}' : '') + csv([COLUMNS]) : '';

/** Uses as lines of a file. In CSV a text that a spreadsheet would take for a formula begins with an apostrophe, and several
 *  values in one field are parted by semicolons. */
export const linesOf = (format: Format, uses: readonly ExportedUse[]): string =>
  format === 'csv' ? csv(uses.map(rowOf)) : uses.map((use) => `${JSON.stringify(use)}\n`).join('');

const rowOf = (use: ExportedUse): unknown[] => [
  ...PLAIN.map((field) => use[field]),
  listed(use.released.map(({ coordinate }) => coordinate)),
  listed(use.denied.map(({ coordinate, code }) => `${coordinate}=${code}`)),
  listed(use.internal.map(({ coordinate }) => coordinate)),
  listed(use.rows.map(({ type, count }) => `${type}=${count}`)),
  listed(use.approvals.map(({ grant }) => grant)),
  listed([...new Set(use.approvals.map(({ approver }) => approver))]),
  listed([...new Set(use.approvals.flatMap(({ basis }) => basis))]),
];
const listed = (values: readonly string[]): string => values.join(';');

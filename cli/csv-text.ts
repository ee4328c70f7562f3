import { stringify } from 'csv-stringify/sync';

/** Rows as CSV. A text that a spreadsheet would take for a formula begins with an apostrophe. @source RFC 4180 */
export const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify(rows as unknown[][], { escape_formulas: true, record_delimiter: 'windows' });

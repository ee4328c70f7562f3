import { stringify } from 'csv-stringify/sync';

/** Rows as CSV with lines that end in CR LF. A text that a spreadsheet would take for a formula begins with an apostrophe, and one
 *  with the end of a line in it is quoted. @source RFC 4180 */
export const csvText = (rows: readonly (readonly unknown[])[]): string =>
  stringify(rows as unknown[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // Only the delimiter itself is quoted otherwise, and readers take either of its characters for the end of a row.
    quoted_match: /[\r\n]/,
  });

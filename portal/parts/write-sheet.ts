import writeXlsxFile from 'write-excel-file/browser';

/** A list as rows of text, the headings first. */
export type SheetRows = readonly (readonly string[])[];

/** A cell that a spreadsheet would run as a formula is marked as text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string): string => `"${asText(cell).replaceAll('"', '""')}"`;

/** A list as CSV. The byte order mark tells a spreadsheet that it is UTF-8. */
export const writeCsv = (rows: SheetRows): Blob =>
  new Blob(['\uFEFF', rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')], { type: 'text/csv' });

/** A list as XLSX; all cells are text, so that long numbers keep their digits. */
export const writeXlsx = (rows: SheetRows, sheet: string): Promise<Blob> =>
  writeXlsxFile(
    rows.map((row, at) =>
      row.map((value) => ({ value, type: String, ...(at === 0 && { fontWeight: 'bold' as const }) })),
    ),
    { sheet: sheet.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31) },
  ).toBlob();

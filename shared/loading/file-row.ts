import type { RowRule } from './load-rules.js';

/** A row of a file before it is checked. */
export interface FileRow {
  /** Line of the file, or row of the sheet, from 1; the heading counts. */
  readonly line: number;
  /** Cells as text, in the order of the file; empty where there is nothing. */
  readonly cells: readonly string[];
  /** Why the row as a whole cannot be read. */
  readonly problem?: RowRule;
  /** What the format says about single cells, by their index. */
  readonly marks?: ReadonlyMap<number, CellMark>;
}
export type CellMark =
  | Extract<RowRule, 'CELL_ERROR' | 'FORMULA_UNCALCULATED' | 'NUMBER_ROUNDED' | 'HEADING_UNKNOWN' | 'VALUE_NESTED'>
  /** The value of a formula, as it was last calculated; it is taken, and counted. */
  | 'FORMULA';

/** What a format's reader gives of a file: which cell each column of the table is in, and the rows in batches, so that memory stays flat. */
export interface FileRows {
  /** For each column of the table, the index of its cell. */
  readonly positions: readonly number[];
  readonly headings: readonly string[];
  readonly batches: AsyncIterable<readonly FileRow[]>;
}

/** An opened file. */
export interface OpenedRows extends FileRows {
  /** Bytes of the file that were read so far. */
  readonly bytesRead: () => number;
}

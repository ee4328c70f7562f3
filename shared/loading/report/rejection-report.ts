import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { csvText } from '../csv-text.js';
import { maskShown } from '../checks/mask-shown.js';
import type { RowProblem } from '../checks/row-checker.js';
import type { OpenedRows } from '../file-row.js';
import { ROW_RULES, ROW_RULES_IN_ENGLISH } from '../load-rules.js';
import { REPORT_HEADINGS } from '../match-headings.js';

/** Problems that are written one by one; the others are counted. */
const MOST_WRITTEN = 10_000;

export interface ReportFiles {
  /** A line for each problem: line, item, rule, masked value, reason in Chinese and in English. */
  readonly problems: string;
  /** The rejected rows as they came, with line and reasons behind them: corrected, it is loaded as it is. */
  readonly rows: string;
}

/** Writes what is wrong with a file's rows: for the department that sent it. */
export class RejectionReport {
  /** Rows that were rejected. */
  rows = 0;
  /** Problems found; a row may have several. */
  problems = 0;
  readonly #problems: WriteStream;
  readonly #rows: WriteStream;
  readonly #opened: Pick<OpenedRows, 'headings' | 'positions'>;

  constructor(files: ReportFiles, opened: Pick<OpenedRows, 'headings' | 'positions'>) {
    this.#opened = opened;
    this.#problems = openReport(files.problems);
    this.#rows = openReport(files.rows);
    this.#problems.write(MARK + line(['行号', '数据项', '规则', '值（已脱敏）', '原因', 'Reason']));
    this.#rows.write(MARK + line([...opened.headings, ...REPORT_HEADINGS]));
  }

  /** Further problems are counted, not written. */
  get isFull(): boolean {
    return this.problems > MOST_WRITTEN;
  }

  /** Values in the order of the table's columns, as cells in the order of the file. */
  arrange(values: readonly (string | null)[]): string[] {
    const cells = this.#opened.headings.map(() => '');
    for (const [column, at] of this.#opened.positions.entries()) cells[at] = values[column] ?? '';
    return cells;
  }

  /** @param cells  the row as it came, in the order of the headings */
  reject(row: number, problems: readonly RowProblem[], cells: readonly string[]): void {
    this.rows++;
    this.problems += problems.length;
    if (this.isFull) return;
    for (const { line: at, column = '', rule, value = '' } of problems)
      this.#problems.write(
        line([String(at), column, rule, maskShown(value), ROW_RULES[rule], ROW_RULES_IN_ENGLISH[rule]]),
      );
    const reasons = problems.map(
      ({ column, rule }) => `${column === undefined ? '' : `${column}：`}${ROW_RULES[rule]}`,
    );
    this.#rows.write(line([...cells, String(row), reasons.join('；')]));
  }

  async close(): Promise<void> {
    for (const stream of [this.#problems, this.#rows]) {
      stream.end();
      if (!stream.closed) await once(stream, 'close');
    }
  }
}

/** Spreadsheets take a file without the mark for another encoding. */
const MARK = '\ufeff';
const openReport = (file: string): WriteStream => createWriteStream(file, { mode: 0o600 });
const line = (cells: readonly string[]): string => csvText([cells]);

import type { FileRow, OpenedRows } from '../file-row.js';
import type { RowRule } from '../load-rules.js';
import type { ColumnSpec, TableSpec } from '../../declaration/index.js';
import { type Checked, compileCheck } from './column-check.js';

/** A problem of a row, or of one of its cells. */
export interface RowProblem {
  readonly line: number;
  readonly rule: RowRule;
  /** Title of the item; absent where the row as a whole is concerned. */
  readonly column?: string;
  readonly value?: string;
}
/** A row with the values as they are stored, in the order of the table's columns; or what is wrong with it. */
export type CheckedRow =
  | { readonly line: number; readonly values: readonly (string | null)[] }
  | { readonly line: number; readonly problems: readonly RowProblem[] };

/** Compiles the checks of a table's rows for a file whose cells stand at the given positions. */
export function compileRowCheck(
  { columns, key }: Pick<TableSpec, 'columns' | 'key'>,
  { positions }: Pick<OpenedRows, 'positions'>,
  onFormula: () => void = () => undefined,
): (row: FileRow) => CheckedRow {
  const checks = columns.map((column) => compileCheck(column, key.includes(column.name)));
  const width = columns.length;
  return (row) => {
    const { line, cells, marks } = row;
    if (row.problem) return { line, problems: [{ line, rule: row.problem }] };
    const values = new Array<string | null>(width);
    let problems: RowProblem[] | undefined;
    for (let at = 0; at < width; at++) {
      const cell = cells[positions[at]!] ?? '';
      const mark = marks?.get(positions[at]!);
      if (mark === 'FORMULA') onFormula();
      const checked: Checked =
        mark && mark !== 'FORMULA' && isWrong(mark, columns[at]!) ? { rule: mark } : checks[at]!(cell);
      if (typeof checked === 'object' && checked !== null)
        (problems ??= []).push({ line, rule: checked.rule, column: columns[at]!.title, value: cell });
      else values[at] = checked;
    }
    return problems ? { line, problems } : { line, values };
  };
}

/** A number of many digits is whole where it is measured, and spoilt where it names somebody. */
const isWrong = (mark: RowRule, { type }: ColumnSpec): boolean => mark !== 'NUMBER_ROUNDED' || type !== 'double';

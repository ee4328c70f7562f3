import type { ClientBase } from 'pg';
import { compileRowCheck } from '../checks/row-checker.js';
import type { OpenedRows } from '../file-row.js';
import { LoadRefusal } from '../load-rules.js';
import type { RejectionReport } from '../report/rejection-report.js';
import type { TableSpec } from '../../declaration/index.js';
import { RowCopy } from './copy-rows.js';
import type { HostedTable } from './hosted-table.js';
import type { LoadOptions, LoadOrder, LoadOutcome } from './load-order.js';
import { STAGING } from './merge.js';
import { say } from '../messages.js';

/** What was read of a file. */
export type ReadCounts = Pick<LoadOutcome, 'rows' | 'rejected' | 'problems' | 'formulas'>;

export interface RowTarget {
  readonly table: HostedTable;
  readonly spec: TableSpec;
  /** Straight into the table, or into the staging. */
  readonly isDirect: boolean;
}

/** Streams the good rows of a file into the database, and the others into the report.
 *  @throws LoadRefusal ROWS_INVALID where more are rejected than may be */
export async function readRows(
  client: ClientBase,
  { table: { name, columns }, spec, isDirect }: RowTarget,
  {
    opened,
    report,
    order,
  }: { readonly opened: OpenedRows; readonly report: RejectionReport; readonly order: LoadOrder },
  { onProgress, signal }: LoadOptions,
): Promise<ReadCounts> {
  let formulas = 0;
  let rows = 0;
  const check = compileRowCheck(spec, opened, () => formulas++);
  const own = columns.join(', ');
  const into = isDirect ? `${name} (${own}, _batch)` : `${STAGING} (_line, ${own})`;
  const isFree = spec.columns.map(({ type, format }) => type === 'text' && format === undefined);
  const copy = new RowCopy(client, into, isFree);
  const last = `\t${order.id}`;
  const isAllOrNothing = order.mode === 'FULL' || order.mostRejected === 0;
  try {
    for await (const batch of opened.batches) {
      signal?.throwIfAborted();
      for (const row of batch) {
        const checked = check(row);
        if ('problems' in checked) report.reject(row.line, checked.problems, row.cells);
        else if (isDirect) copy.add('', checked.values, last);
        else copy.add(`${row.line}\t`, checked.values);
      }
      rows += batch.length;
      if (isAllOrNothing && report.isFull) requireFew(report, rows, order);
      onProgress?.({ stage: 'READING', rows, bytes: opened.bytesRead() });
      await copy.flush();
    }
    if (rows === 0) throw new LoadRefusal('FILE_EMPTY');
    requireFew(report, rows, order);
    await copy.end();
  } catch (error) {
    copy.abandon();
    throw error;
  }
  onProgress?.({ stage: 'MERGING', rows, bytes: opened.bytesRead() });
  return { rows, rejected: report.rows, problems: report.problems, formulas };
}

/** @throws LoadRefusal ROWS_INVALID */
export function requireFew(
  { rows: rejected, problems }: Pick<RejectionReport, 'rows' | 'problems'>,
  rows: number,
  { mode, mostRejected }: Pick<LoadOrder, 'mode' | 'mostRejected'>,
): void {
  const allowed = mode === 'FULL' ? 0 : Math.floor((rows * mostRejected) / 100);
  if (rejected <= allowed) return;
  throw new LoadRefusal('ROWS_INVALID', say('rows', { rows, rejected, problems }));
}

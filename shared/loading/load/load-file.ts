import type { ClientBase, Pool } from 'pg';
import { openRows } from '../files/open-rows.js';
import { LoadRefusal } from '../load-rules.js';
import { RejectionReport } from '../report/rejection-report.js';
import { connectClient } from '../../database/connect-client.js';
import type { TableSpec } from '../../declaration/index.js';
import { createBatchLog, findBatch, recordBatch } from './batch-log.js';
import { type HostedTable, lockTable, requireTable, toHostedTable } from './hosted-table.js';
import type { LoadOptions, LoadOrder, LoadOutcome } from './load-order.js';
import { mergeRows } from './merge-rows.js';
import { createStaging } from './merge.js';
import { readRows } from './read-rows.js';

/** Loads a file into a hosted table in one transaction: all of it, or with at most the given share of rows rejected, or
 *  nothing. It may be killed at any point and begun again: what was not committed is gone, and what was is told from the
 *  batch's own row, written in the same transaction.
 *  @returns  the outcome; that of the first load where the same content came under the same key before
 *  @throws LoadRefusal  when nothing is loaded; the reports say which rows are why
 *  @throws the database's error where it is away or the load was given up; nothing is loaded, and it can be tried again */
export async function loadFile(
  pool: Pool,
  spec: TableSpec,
  order: LoadOrder,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const client = await connectClient(pool);
  let isDone = false;
  try {
    await createBatchLog(client);
    const direct = await tryLoad(client, spec, order, options, true);
    const outcome = direct ?? (await tryLoad(client, spec, order, options, false))!;
    isDone = true;
    return outcome;
  } catch (error) {
    // A refusal is an outcome too: the connection is good, but for the transaction.
    if (error instanceof LoadRefusal) isDone = (await client.query('rollback').then(() => true, ignore)) === true;
    throw error;
  } finally {
    // A connection on which anything failed is closed, which ends its transaction.
    client.release(!isDone);
  }
}
const ignore = (): void => undefined;

/** @param direct  copies straight into the table where that is empty
 *  @returns        undefined where rows of the file stand in each other's way: which ones, the staging tells */
async function tryLoad(
  client: ClientBase,
  spec: TableSpec,
  order: LoadOrder,
  options: LoadOptions,
  direct: boolean,
): Promise<LoadOutcome | undefined> {
  const table = toHostedTable(spec);
  await client.query('begin');
  await client.query(`select set_config('timezone', $1, true), set_config('statement_timeout', '0', true)`, [
    options.timeZone,
  ]);
  await lockTable(client, spec);
  const before = await findBatch(client, spec, order);
  if (before) {
    await client.query('rollback');
    return before;
  }
  await requireTable(client, spec);
  const isDirect = direct && (await isEmpty(client, table));
  if (!isDirect) await createStaging(client, table);
  const opened = await openRows(order, spec.columns);
  const report = new RejectionReport(order.reports, opened);
  try {
    const counts = await readRows(client, { table, spec, isDirect }, { opened, report, order }, options);
    const outcome = isDirect
      ? { ...counts, inserted: counts.rows - counts.rejected, updated: 0, unchanged: 0, deleted: 0 }
      : await mergeRows(client, { table, spec }, { order, report, counts });
    await recordBatch(client, spec, order, outcome);
    await client.query('commit');
    return outcome;
  } catch (error) {
    if (!isDirect || (error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    await client.query('rollback');
    return undefined;
  } finally {
    await report.close();
  }
}
const UNIQUE_VIOLATION = '23505';

const isEmpty = async (client: ClientBase, { name }: HostedTable): Promise<boolean> =>
  (await client.query(`select from ${name} limit 1`)).rowCount === 0;

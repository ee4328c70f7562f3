import type { ClientBase } from 'pg';
import { LoadRefusal, type RowRule } from '../load-rules.js';
import type { RejectionReport } from '../report/rejection-report.js';
import type { TableSpec } from '../../declaration/index.js';
import type { HostedTable } from './hosted-table.js';
import type { LoadOrder, LoadOutcome } from './load-order.js';
import { type ReadCounts, requireFew } from './read-rows.js';
import { countVanishing, mergeStaging, STAGING, takeDoubles, takeKnown, takeTaken, type UnmergedRow } from './merge.js';
import { say } from '../messages.js';

/** Compares the staged rows with each other and with the table, and merges them.
 *  @throws LoadRefusal ROWS_INVALID, VANISH_TOO_MANY */
export async function mergeRows(
  client: ClientBase,
  { table, spec }: { readonly table: HostedTable; readonly spec: TableSpec },
  {
    order,
    report,
    counts,
  }: { readonly order: LoadOrder; readonly report: RejectionReport; readonly counts: ReadCounts },
): Promise<LoadOutcome> {
  await client.query(`analyze ${STAGING}`);
  const titles = new Map(spec.columns.map(({ name, title }) => [name, title]));
  const reject = (rows: readonly UnmergedRow[], rule: RowRule, names: readonly string[]): void => {
    const column = names.map((name) => titles.get(name)).join('、');
    const at = names.map((name) => spec.columns.findIndex((each) => each.name === name));
    for (const { line, values } of rows) {
      const value = at.map((index) => values[index]).join(' ');
      report.reject(line, [{ line, column, rule, value }], report.arrange(values));
    }
  };
  for (const [at, names] of [spec.key, ...spec.unique].entries()) {
    const rule = at === 0 ? 'KEY_DOUBLE' : 'VALUE_DOUBLE';
    reject(await takeDoubles(client, table, table.unique[at]!), rule, names);
  }
  if (order.mode === 'APPEND') reject(await takeKnown(client, table), 'KEY_KNOWN', spec.key);
  if (order.mode !== 'FULL')
    for (const [at, names] of spec.unique.entries())
      reject(await takeTaken(client, table, table.unique[at + 1]!), 'VALUE_TAKEN', names);
  requireFew(report, counts.rows, order);
  if (order.mode === 'FULL') await requireFewVanish(client, table, order);
  const merged = await mergeStaging(client, table, order.mode, order.id);
  return { ...counts, ...merged, rejected: report.rows, problems: report.problems };
}

/** A file that was cut off looks like one in which records are gone.
 *  @throws LoadRefusal VANISH_TOO_MANY */
async function requireFewVanish(client: ClientBase, table: HostedTable, { mostVanished }: LoadOrder): Promise<void> {
  const { live, vanishing } = await countVanishing(client, table);
  if (vanishing > (live * mostVanished) / 100)
    throw new LoadRefusal('VANISH_TOO_MANY', say('vanishing', { live, vanishing, most: mostVanished }));
}

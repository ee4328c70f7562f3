import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { holdActs, recordActs, type RecordStore, connectionOf } from '../../../../shared/evidence/store/index.js';
import { recountDueDate, type DueDate } from '../../../../shared/law/index.js';
import { inTransaction, type ProvisionalDueDate } from '../../core/index.js';
import type { Clock } from './deadline-stage.rule.js';
import { DUE_DATE_SOURCES } from './sources.js';

export interface RecalculationOptions extends Clock {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
}
type MovedDueDate = ProvisionalDueDate & { readonly newDue: DueDate };

/** Recalculates provisional due dates by the current calendar, and records each that moved or became certain. Certain ones
 *  stay as they were announced.
 *  @returns number of changed due dates */
export async function recalculateDueDates({ pool, store, ...clock }: RecalculationOptions): Promise<number> {
  let changes = 0;
  for (const { findProvisional, update } of DUE_DATE_SOURCES) {
    if (findMoved(await findProvisional(pool, clock.timeZone), clock).length === 0) continue;
    changes += await inTransaction(pool, async (client, onCommit) => {
      const connection = connectionOf(client);
      const held = await holdActs(store, connection);
      const moved = findMoved(await findProvisional(client, clock.timeZone), clock);
      for (const { id, newDue } of moved) await update(client, id, newDue);
      const acts = moved.map((one) => toAct(one, clock));
      onCommit(await recordActs(store, connection, held, acts));
      return moved.length;
    });
  }
  return changes;
}

const findMoved = (dueDates: readonly ProvisionalDueDate[], { calendar }: Clock): MovedDueDate[] =>
  dueDates.flatMap((one) => {
    const { due, changed } = recountDueDate(calendar, one.term, one.due);
    return changed ? [{ ...one, newDue: due }] : [];
  });

const toAct = (
  { object, concerns, clauses, due, newDue }: MovedDueDate,
  { now }: Clock,
): Omit<GovernanceAct, 'kind'> => ({
  time: new Date(now).toISOString(),
  act: 'RECOUNT_DUE_DATE',
  object,
  concerns,
  basis: clauses,
  terms: { before: due.date, dueOn: newDue.date, provisional: newDue.provisional },
});

import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import {
  type RecordStore,
  connectionOf,
  type Query,
  holdActs,
  recordActs,
} from '../../../../shared/evidence/store/index.js';
import { recountDueDate } from '../../../../shared/law/index.js';
import type { Clock } from './stage.rule.js';
import { DUE_DATES, type Provisional } from './due-dates.js';

export interface RecountOptions extends Clock {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
}

/** Counts provisional due dates anew on the calendar as it is now, and records each that moved or became certain. What was
 *  certain stays as it was told.
 *  @returns how many changed */
export async function recount({ pool, store, calendar, timeZone, now }: RecountOptions): Promise<number> {
  const changedOf = (found: readonly Provisional[]) =>
    found.flatMap((one) => {
      const { due, changed } = recountDueDate(calendar, one.term, one.due);
      return changed ? [{ ...one, now: due }] : [];
    });
  let changes = 0;
  for (const { read, write } of DUE_DATES) {
    const outside: Query = async (sql, values) =>
      (await pool.query<Record<string, unknown>>(sql, values as unknown[])).rows;
    if (changedOf(await read(outside, timeZone)).length === 0) continue;
    const client = await pool.connect();
    try {
      await client.query('begin');
      const connection = connectionOf(client);
      const held = await holdActs(store, connection);
      const changed = changedOf(await read(connection.query, timeZone));
      for (const { id, now: due } of changed) await write(connection.query, id, due);
      const acts = changed.map((one): Omit<GovernanceAct, 'kind'> => {
        const { object, concerns, clauses, due } = one;
        return {
          ...{ time: new Date(now).toISOString(), act: 'RECOUNT_DUE_DATE', object, concerns, basis: clauses },
          terms: { before: due.date, dueOn: one.now.date, provisional: one.now.provisional },
        };
      });
      const committed = await recordActs(store, connection, held, acts);
      await client.query('commit');
      committed();
      client.release();
      changes += changed.length;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
  return changes;
}

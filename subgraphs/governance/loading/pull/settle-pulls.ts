import type pg from 'pg';
import { nextTime, parseSchedule } from '../../../../shared/pulling/schedule.js';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import { inTransaction } from '../../core/index.js';
import { loadingTables } from '../tables.js';
import { fail, type PullRoom } from './carry-out-pull.js';

/** Takes up how the loads of pulls ended: the watermark goes on with a load that was made, and not with another. */
export async function settlePulls({ pool, timeZone }: Pick<PullRoom, 'pool' | 'timeZone'>, now: number): Promise<void> {
  const ended = await loadingTables(pool)
    .selectFrom('pull')
    .innerJoin('load', 'load.id', 'pull.load')
    .select(['pull.id', 'pull.definition', 'pull.load', 'pull.every', 'pull.failures', 'pull.pending'])
    .select(['load.state', 'load.ended_at', 'load.outcome', 'load.code', 'load.message'])
    .where('load.state', 'in', ['LOADED', 'REFUSED', 'EXPIRED'])
    .execute();
  for (const { id, definition, load, every, failures, pending, state, ended_at: at, outcome, code, message } of ended) {
    if (state !== 'LOADED' || !outcome) {
      const next = new Date(nextTime(parseSchedule(every)!, now, timeZone)!);
      const detail = [load, message].filter((part) => part != null).join(': ');
      await fail({ pool }, { id, definition }, { code: code ?? 'FAILED', detail }, { failures, next, now });
      continue;
    }
    const { inserted, updated, deleted } = outcome;
    await loadingTables(pool)
      .updateTable('pull')
      .set({
        ...{ load: null, pending: null, watermark: pending, failures: 0, fault_code: null, fault_detail: null },
        ...{ checked_at: at, ...(inserted + updated + deleted > 0 && { loaded_at: at }) },
      })
      .where('id', '=', id)
      .where('load', '=', load)
      .execute();
  }
}

/** Records that a pull has begun to fail, fails otherwise than before, or goes well again; its department is notified.
 *  @returns the pull; undefined where nothing is new */
export async function announcePull(pool: pg.Pool, store: RecordStore, now: number): Promise<string | undefined> {
  const news = loadingTables(pool)
    .selectFrom('pull')
    .select('id')
    .where((eb) => eb(eb.fn.coalesce('fault_code', eb.val('')), '<>', eb.fn.coalesce('told_code', eb.val(''))))
    .limit(1);
  const found = await news.executeTakeFirst();
  if (!found) return undefined;
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const row = await loadingTables(client)
      .updateTable('pull')
      .set((eb) => ({ told_code: eb.ref('fault_code') }))
      .where('id', '=', found.id)
      .where((eb) => eb(eb.fn.coalesce('fault_code', eb.val('')), '<>', eb.fn.coalesce('told_code', eb.val(''))))
      .returning(['department', 'source', 'fault_code'])
      .executeTakeFirst();
    if (!row) return;
    onCommit(
      await recordActs(store, connection, chain, [
        {
          time: new Date(now).toISOString(),
          ...{ act: 'REPORT_PULL', object: `pull/${found.id}`, concerns: [row.department], basis: [] },
          terms: { source: row.source, fault: row.fault_code ?? null },
        },
      ]),
    );
  });
  return found.id;
}

import type { Selectable } from 'kysely';
import type { GovernanceAct } from '../../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs } from '../../../../../shared/evidence/store/index.js';
import { inTransaction, nextNumber } from '../../../core/index.js';
import { findDepartments } from '../../../register/index.js';
import { nextRun } from '../../../../../shared/law/calendar/frequency.js';
import { multiSourceTables, type MultiSourceTables } from '../tables.js';
import type { RunReason } from './multi-source-run.entity.js';
import type { CheckRow } from './read-standing.js';
import type { RunRoom } from './run-room.js';

export type RunRow = Selectable<MultiSourceTables['multi_source_run']>;

/** Mark of a run of which nothing is left to be compared. */
export const FINISHED = '';

/** Reasons that are found before anything is read. */
const UNREAD: ReadonlySet<RunReason> = new Set([
  'CONSENT_MISSING',
  'CHECK_SUSPENDED',
  'DEPARTMENT_SUSPENDED',
  'ITEMS_CHANGED',
]);
/** Figures under this stand in no act, which auditors and operators read too. */
const LEAST_SHOWN = 10;

/** The run of a check that goes on; a new one where it is due. The next time is set with it, so that it begins once.
 *  @returns undefined where it is not due */
export async function beginRun(room: RunRoom, check: CheckRow): Promise<RunRow | undefined> {
  const now = room.now();
  return inTransaction(room.pool, async (client) => {
    const tables = multiSourceTables(client);
    const { next_at, state } = await tables
      .selectFrom('multi_source_check')
      .select(['next_at', 'state'])
      .where('id', '=', check.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const running = await tables
      .selectFrom('multi_source_run')
      .selectAll()
      .where('check_id', '=', check.id)
      .where('state', '=', 'RUNNING')
      .executeTakeFirst();
    if (running) return running;
    if (state !== 'ACTIVE' || next_at.getTime() > now) return undefined;
    const { frequency, hour, left_owner, right_owner } = check;
    await tables
      .updateTable('multi_source_check')
      .set({ next_at: new Date(nextRun({ frequency, hour }, now, room.timeZone)) })
      .where('id', '=', check.id)
      .execute();
    return tables
      .insertInto('multi_source_run')
      .values({
        id: await nextNumber(client, 'multi_source_run_number', 'MR'),
        ...{ check_id: check.id, left_owner, right_owner, state: 'RUNNING', started_at: new Date(now), mark: null },
        ...{ batches: 0, compared: 0, agreed: 0, mismatched: 0, absent: 0, held: 0, cases: 0 },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Ends a run and records that. A check that did not run for the same reason as the last time is told of once.
 *  @param reason  why it stopped, or did not begin; undefined at its end */
export async function endRun(room: RunRoom, run: RunRow, reason: RunReason | undefined): Promise<void> {
  const { pool, store } = room;
  const now = new Date(room.now());
  const isUnread = reason !== undefined && run.batches === 0 && UNREAD.has(reason);
  const state = reason === undefined ? 'COMPLETED' : isUnread ? 'SKIPPED' : 'STOPPED';
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const tables = multiSourceTables(client);
    const ended = await tables
      .updateTable('multi_source_run')
      .set({ state, reason: reason ?? null, ended_at: now, mark: null })
      .where('id', '=', run.id)
      .where('state', '=', 'RUNNING')
      .returningAll()
      .executeTakeFirst();
    if (!ended) return;
    const last = await tables
      .selectFrom('multi_source_run')
      .select(['state', 'reason'])
      .where('check_id', '=', run.check_id)
      .where('id', '<>', run.id)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    if (run.batches === 0 && reason !== undefined && last?.state === state && last.reason === reason) return;
    const authorities = (await findDepartments(client, { role: 'authority' })).map(({ code }) => code);
    const figures = { compared: ended.compared, agreed: ended.agreed, mismatched: ended.mismatched };
    const act: Omit<GovernanceAct, 'kind'> = {
      time: now.toISOString(),
      act: reason === undefined ? 'END_CHECK_RUN' : 'STOP_CHECK_RUN',
      object: `multi-source-check/${run.check_id}`,
      concerns: [...new Set([run.left_owner, run.right_owner, ...authorities])],
      basis: [],
      terms: {
        ...{ run: run.id, state, ...(reason !== undefined && { reason }) },
        ...Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure >= LEAST_SHOWN)),
      },
    };
    onCommit(await recordActs(store, connection, chain, [act]));
  });
}

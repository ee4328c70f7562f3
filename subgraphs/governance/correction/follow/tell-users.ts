import { findDepartments } from '../../register/index.js';
import { findReceivers } from '../../evidence/index.js';
import { hashSubject, openSubject } from '../subject-seal.js';
import { correctionTables } from '../tables.js';
import { changeCorrection, type CorrectionRow, type HubStep, readCorrection } from './change-correction.js';
import type { FollowRoom } from './follow-room.js';

/** Tells the departments that use the items of a rejection, where the law has every result told to them, once.
 *  @source CZ-14d */
export async function tellUsers(room: FollowRoom, id: string): Promise<boolean> {
  const row = await readCorrection(room, id);
  const { state, process } = row;
  if (state.status !== 'REJECTED' || !process.usersTold || state.times.notified !== undefined) return false;
  const telling = await planTelling(room, row, row.items);
  return changeCorrection(room, row, {
    ...telling,
    state: { ...state, times: { ...state.times, notified: room.now } },
  });
}

/** Finds who is told of the result: every department that was given one of the items of the subject since the value was
 *  wrong, found from the evidence alone; and where the law says so, those that have a grant of one. Each is told by an act
 *  of its own, so that none learns of the others.
 *  @source CZ-14d */
export async function planTelling(
  { pool, hashesOf, keys, findGrantHolders, now }: FollowRoom,
  row: CorrectionRow,
  items: readonly string[],
): Promise<Pick<HubStep, 'acts'> & Required<Pick<HubStep, 'write'>>> {
  const identifier = await openSubject(row.sealed, keys, row.id);
  const hashes = hashSubject(hashesOf, { kind: row.subject_kind, identifier });
  const received = await findReceivers(pool, { hashes, items, ...(row.error_since && { since: row.error_since }) });
  const granted = row.process.usersTold ? await findGrantHolders(pool, items, now) : [];
  const registered = new Set((await findDepartments(pool)).map(({ code }) => code));
  const told = new Map(
    granted.map((department) => [department, { department, uses: 0, last: undefined as number | undefined }]),
  );
  for (const receiver of received) told.set(receiver.department, receiver);
  const receipts = [...told.values()].filter(
    ({ department }) => department !== row.provider && registered.has(department),
  );
  const { verdict } = row.state.decision!;
  return {
    acts: receipts.map(({ department }) => ({
      act: 'TELL_CORRECTION' as const,
      object: `correction/${row.id}/${department}`,
      concerns: [department],
      basis: row.process.usersTold ?? [],
      terms: { items, verdict, ...(row.error_since && { errorSince: row.error_since.toISOString() }) },
    })),
    write: async (client) => {
      if (receipts.length === 0) return;
      const at = new Date(now);
      await correctionTables(client)
        .insertInto('correction_receipt')
        .values(
          receipts.map(({ department, uses, last }) => ({
            ...{ correction: row.id, department, items: [...items], verdict, uses, told_at: at },
            last_at: last === undefined ? null : new Date(last),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['correction', 'department']).doUpdateSet((eb) => ({
            items: eb.ref('excluded.items'),
            verdict: eb.ref('excluded.verdict'),
            uses: eb.ref('excluded.uses'),
            last_at: eb.ref('excluded.last_at'),
            told_at: at,
            ...{ confirmed_at: null, confirmed_by: null, note: null },
          })),
        )
        .execute();
    },
  };
}

import { findDisputedUses } from '../../evidence/index.js';
import { changeCorrection, readCorrection } from './change-correction.js';
import type { FollowRoom } from './follow-room.js';
import { proveChange } from './proof.rule.js';
import { planTelling } from './tell-users.js';

/** Finds in the evidence that every item which is to be corrected has changed at the source, and then tells every department
 *  that had received one of them. Only digests are compared; no value is kept.
 *  @returns false while it is not proven
 *  @source QZ-7.2f, CZ-14c, CZ-14d */
export async function proveCorrection(room: FollowRoom, id: string): Promise<boolean> {
  const row = await readCorrection(room, id);
  const { state, hashes, accepted_at: since } = row;
  const { decision, times } = state;
  if (state.status !== 'UPHELD' || !decision || times.decided === undefined || since == null) return false;
  const reads = await findDisputedUses(room.pool, { correction: id, hashes, since });
  if (!decision.items.every((item) => proveChange(reads, item, times.decided!) === 'CHANGED')) return false;
  const telling = await planTelling(room, row, decision.items);
  return changeCorrection(room, row, {
    state: {
      ...state,
      status: 'NOTIFIED',
      times: { ...times, corrected: reads.at(-1)!.at, notified: room.now },
      since: room.now,
    },
    acts: [
      {
        act: 'PROVE_CORRECTION',
        object: `correction/${id}`,
        concerns: [row.department, row.provider],
        basis: row.process.fix.clauses,
        terms: { status: 'NOTIFIED', items: decision.items, told: telling.acts.length },
      },
      ...telling.acts,
    ],
    write: telling.write,
  });
}

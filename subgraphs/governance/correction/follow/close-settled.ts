import { dueDate } from '../../../../shared/law/index.js';
import { changeCorrection, readCorrection } from './change-correction.js';
import type { FollowRoom } from './follow-room.js';

/** Working days in which the reporter can object to a result. No clause has a number; it is the hub's own, so that no case
 *  stays open because a reporter is silent. */
export const OBJECTION_WORKING_DAYS = 10;

/** Closes a correction whose result nobody has objected to in time; not on a date that the calendar may still move.
 *  @returns false while there is time left */
export async function closeSettled(room: FollowRoom, id: string): Promise<boolean> {
  const row = await readCorrection(room, id);
  const { state, process } = row;
  if (state.status !== 'REJECTED' && state.status !== 'NOTIFIED') return false;
  if (state.status === 'REJECTED' && process.usersTold && state.times.notified === undefined) return false;
  const term = { start: state.since, workingDays: OBJECTION_WORKING_DAYS, timeZone: room.timeZone };
  const end = dueDate(room.calendar, term);
  if (end.provisional || room.now < end.instant) return false;
  return changeCorrection(room, row, {
    state: { ...state, status: 'CLOSED', since: room.now },
    acts: [
      {
        act: 'CLOSE_CORRECTION',
        object: `correction/${id}`,
        concerns: [row.department, row.provider],
        basis: [],
        terms: { status: 'CLOSED', verdict: state.decision?.verdict, objectionUntil: end.date },
      },
    ],
  });
}

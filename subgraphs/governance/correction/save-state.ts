import { randomBytes } from 'node:crypto';
import type { WorkingCalendar } from '../../../shared/law/index.js';
import type { Database } from '../core/index.js';
import type { Correction } from './correction.entity.js';
import { computeDueDate, findAwaited, type CorrectionState } from './correction-state.rule.js';
import { correctionTables } from './tables.js';

/** The calendar and the zone in which time is counted. */
export interface Days {
  readonly calendar: WorkingCalendar;
  /** IANA name of the jurisdiction's zone. */
  readonly timeZone: string;
}
/** A correction as it was before the change. */
export type ChangedRow = Pick<Correction, 'id' | 'process' | 'department' | 'provider'> & {
  readonly acceptedAt?: Date | null | undefined;
};
export type ChangedColumns = Partial<Pick<Correction, 'provider' | 'items' | 'errorSince'>>;

/** Stores the new state of a correction, and the columns that follow from it. The key of its proofs is made when it is
 *  accepted, and destroyed when it is closed.
 *  @param more  columns that change with it */
export async function saveState(
  database: Database,
  row: ChangedRow,
  state: CorrectionState,
  days: Days,
  more: ChangedColumns = {},
): Promise<void> {
  const { status, version, times, since } = state;
  const { provider = row.provider, items, errorSince } = more;
  const due = computeDueDate(row.process, state, days);
  const isOver = status === 'CLOSED' || status === 'WITHDRAWN';
  const isAccepted = times.accepted !== undefined && row.acceptedAt == null;
  await correctionTables(database)
    .updateTable('correction')
    .set({
      ...{ status, version, state: JSON.stringify(state), provider },
      ...(items && { items: [...items] }),
      ...(errorSince && { error_since: errorSince }),
      waits_on: findAwaited(state, { reporter: row.department, provider }),
      due_date: due?.date ?? null,
      due_at: due ? new Date(due.instant) : null,
      due_provisional: due?.provisional ?? false,
      since: new Date(since),
      dispatched_at: toDate(times.dispatched),
      accepted_at: toDate(times.accepted),
      closed_at: isOver ? new Date(since) : null,
      ...(isOver ? { proof_key: null } : isAccepted && { proof_key: randomBytes(32).toString('base64url') }),
    })
    .where('id', '=', row.id)
    .execute();
}

const toDate = (instant: number | undefined): Date | null => (instant === undefined ? null : new Date(instant));

import type { Selectable } from 'kysely';
import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs } from '../../../../shared/evidence/store/index.js';
import { inTransaction } from '../../core/index.js';
import type { CorrectionState } from '../correction-state.rule.js';
import { saveState } from '../save-state.js';
import { correctionTables, type CorrectionTables } from '../tables.js';
import type { FollowRoom } from './follow-room.js';

export type CorrectionRow = Selectable<CorrectionTables['correction']>;
export type HubAct = Pick<GovernanceAct, 'act' | 'object' | 'concerns' | 'basis' | 'terms'>;

/** A step that the hub itself makes on a correction. */
export interface HubStep {
  readonly state: CorrectionState;
  readonly acts: readonly HubAct[];
  /** Further rows that are written with it. */
  readonly write?: (client: pg.PoolClient) => Promise<void>;
}

export async function readCorrection({ pool }: Pick<FollowRoom, 'pool'>, id: string): Promise<CorrectionRow> {
  return correctionTables(pool).selectFrom('correction').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Makes a step in a transaction, unless somebody else has changed the correction since it was read.
 *  @param seen  the correction as it was read
 *  @returns     false where it was changed meanwhile: the next look finds what is to be done then */
export async function changeCorrection(
  { pool, store, now, calendar, timeZone }: FollowRoom,
  seen: CorrectionRow,
  { state, acts, write }: HubStep,
): Promise<boolean> {
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const row = await correctionTables(client)
      .selectFrom('correction')
      .select('version')
      .where('id', '=', seen.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.version !== seen.version) return false;
    await write?.(client);
    const { id, process, department, provider, accepted_at: acceptedAt } = seen;
    await saveState(
      client,
      { id, process, department, provider, acceptedAt },
      { ...state, version: seen.version + 1 },
      { calendar, timeZone },
    );
    const time = new Date(now).toISOString();
    onCommit(
      await recordActs(
        store,
        connection,
        chain,
        acts.map((act) => ({ time, ...act })),
      ),
    );
    return true;
  });
}

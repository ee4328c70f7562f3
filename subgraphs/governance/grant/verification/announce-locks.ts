import { sql } from 'kysely';
import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import { inTransaction } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { grantTables } from '../tables.js';

/** Locks that are told of in one transaction. */
const AT_ONCE = 100;

export interface GuessWatch {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Records the locks that the gateways have made, and those that are over, for their parties and the authority to be notified
 *  of. It may be killed at any point.
 *  @returns number of acts that were recorded */
export async function announceLocks({ pool, store, now }: GuessWatch): Promise<number> {
  const [waiting] = await untold(pool).select('id').limit(1).execute();
  if (!waiting && (await endLocks(pool)) === 0) return 0;
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const rows = await untold(client).selectAll().orderBy('number').limit(AT_ONCE).execute();
    if (rows.length === 0) return 0;
    const authorities = (await findDepartments(client, { role: 'authority' })).map(({ code }) => code);
    const acts = rows.flatMap((row) => {
      const { id, item, scope, provider, asker, system, misses, until_at } = row;
      const toAct = (act: GovernanceAct['act']) => ({
        time: new Date(now).toISOString(),
        act,
        object: `verification-lock/${id}`,
        concerns: [...new Set([provider, asker, ...authorities])],
        basis: [],
        terms: { item, forAll: scope === '', asker, system, misses, until: until_at.toISOString() },
      });
      return [
        ...(row.told === '' ? [toAct('LOCK_VERIFICATION')] : []),
        ...(row.state === 'ENDED' ? [toAct('END_VERIFICATION_LOCK')] : []),
      ];
    });
    for (const { id, state } of rows)
      await grantTables(client)
        .updateTable('verification_lock')
        .set({ told: state === 'ENDED' ? 'ENDED' : 'LOCKED' })
        .where('id', '=', id)
        .execute();
    onCommit(await recordActs(store, connection, chain, acts));
    return acts.length;
  });
}

const untold = (database: pg.Pool | pg.PoolClient) =>
  grantTables(database)
    .selectFrom('verification_lock')
    .where(sql<boolean>`told = '' or (state = 'ENDED' and told <> 'ENDED')`);

/** Ends locks whose time is over. @returns their number */
async function endLocks(pool: pg.Pool): Promise<number> {
  const [{ numUpdatedRows } = { numUpdatedRows: 0n }] = await grantTables(pool)
    .updateTable('verification_lock')
    .set({ state: 'ENDED', ended_at: sql`until_at` })
    .where('state', '=', 'LOCKED')
    .where('until_at', '<=', sql<Date>`now()`)
    .execute();
  return Number(numUpdatedRows);
}

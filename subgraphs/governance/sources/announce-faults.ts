import { sql } from 'kysely';
import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../shared/evidence/store/index.js';
import { inTransaction } from '../core/index.js';
import { sourceTables } from './tables.js';

export interface FaultAnnouncements {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Records what a process has reported of a source since its department was told last, of which it is notified then. It may be
 *  killed at any point.
 *  @returns the source; undefined where nothing is new */
export async function announceSourceFaults({ pool, store, now }: FaultAnnouncements): Promise<string | undefined> {
  const [waiting] = await sourceTables(pool)
    .selectFrom('data_source')
    .select('id')
    .where('state', '=', 'ACTIVE')
    .where(sql<boolean>`faults <> faults_told`)
    .limit(1)
    .execute();
  if (!waiting) return undefined;
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const row = await sourceTables(client)
      .updateTable('data_source')
      .set({ faults_told: sql`faults` })
      .where('id', '=', waiting.id)
      .where(sql<boolean>`faults <> faults_told`)
      .returning(['department', 'name', 'faults'])
      .executeTakeFirst();
    if (!row) return;
    onCommit(
      await recordActs(store, connection, chain, [
        {
          time: new Date(now).toISOString(),
          act: 'REPORT_SOURCE',
          object: `source/${waiting.id}`,
          concerns: [row.department],
          basis: [],
          terms: { name: row.name, faults: row.faults.map(({ code }) => code) },
        },
      ]),
    );
  });
  return waiting.id;
}

import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../shared/evidence/store/index.js';
import type { Announcement } from './announcement.rule.js';
import { loadingTables } from './tables.js';

export interface HubLoad extends Announcement {
  readonly id: string;
  readonly department: string;
  /** Way by which it came, in place of a person. */
  readonly by: string;
}

/** Announces a load that nobody uploads, in a transaction.
 *  @param now  ms since the epoch
 *  @returns    to be called once the transaction has been committed */
export async function announceByHub(
  client: pg.PoolClient,
  store: RecordStore,
  load: HubLoad,
  now: number,
): Promise<() => void> {
  const { id, subgraph, type, department, key, sha256, bytes, fileName, format, mode, mostRejected, by } = load;
  const connection = connectionOf(client);
  const chain = await holdActs(store, connection);
  await loadingTables(client)
    .insertInto('load')
    .values({
      ...{ id, subgraph, type, department, key, sha256, bytes, format, mode, state: 'ANNOUNCED' },
      ...{ file_name: fileName, most_rejected: mostRejected },
      ...{ announced_at: new Date(now), announced_by: by, system: by },
    })
    .execute();
  return recordActs(store, connection, chain, [
    {
      time: new Date(now).toISOString(),
      ...{ act: 'ANNOUNCE_LOAD', object: `load/${id}`, concerns: [department], basis: [] },
      terms: { subgraph, type, mode, key, sha256, bytes, fileName, by },
    },
  ]);
}

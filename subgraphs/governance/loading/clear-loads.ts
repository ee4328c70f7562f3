import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionOf, holdActs, recordActs } from '../../../shared/evidence/store/index.js';
import { inTransaction } from '../core/index.js';
import type { LoadRoom } from './carry-out-load.js';
import { loadingTables } from './tables.js';

const DAY_MS = 86_400_000;
/** An upload that was announced so long ago has been given up. */
const UPLOAD_DAYS = 3;
/** How long reports can be fetched. */
const REPORT_DAYS = 30;

/** Ends loads that were never uploaded, and removes files that nobody needs any more.
 *  @param now  ms since the epoch */
export async function clearLoads({ pool, store, folder }: LoadRoom, now: number): Promise<void> {
  await inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const expired = await loadingTables(client)
      .updateTable('load')
      .set({ state: 'EXPIRED', ended_at: new Date(now) })
      .where('state', '=', 'ANNOUNCED')
      .where('announced_at', '<', new Date(now - UPLOAD_DAYS * DAY_MS))
      .returning(['id', 'department', 'subgraph', 'type'])
      .execute();
    const acts = expired.map(({ id, department, subgraph, type }) => ({
      ...{ time: new Date(now).toISOString(), act: 'EXPIRE_LOAD' as const, object: `load/${id}` },
      ...{ concerns: [department], basis: [], terms: { subgraph, type } },
    }));
    onCommit(await recordActs(store, connection, chain, acts));
  });
  const open = await loadingTables(pool)
    .selectFrom('load')
    .select('id')
    .where('state', 'in', ['ANNOUNCED', 'RECEIVED', 'LOADING'])
    .execute();
  const kept = new Set(open.map(({ id }) => id));
  for (const name of await readdir(folder).catch(() => [])) {
    const [id = ''] = name.split('.');
    if (!/^L-\d+$/.test(id) || kept.has(id)) continue;
    const file = join(folder, name);
    const age = now - ((await stat(file).catch(() => undefined))?.mtimeMs ?? now);
    if (age > (name.endsWith('.csv') ? REPORT_DAYS * DAY_MS : DAY_MS)) await rm(file, { force: true });
  }
}

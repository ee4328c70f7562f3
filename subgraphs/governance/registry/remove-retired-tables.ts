import type pg from 'pg';
import { quote } from '../../../shared/declaration/tables/table-columns.store.js';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../shared/evidence/store/index.js';
import { inTransaction } from '../core/index.js';
import { registryTables } from './tables.js';

export interface RetiredTables {
  /** The governance database. */
  readonly pool: pg.Pool;
  /** The database of hosted tables. */
  readonly tables: pg.Pool;
  readonly store: RecordStore;
  /** Days between the end of a subgraph and that of its tables. */
  readonly keptDays: number;
}

const DAY_MS = 86_400_000;
/** Longest wait for whoever reads a table, ms: it is tried again. */
const WAIT_MS = 5_000;

/** Removes the hosted tables of a subgraph that two persons ended so long ago, and that nobody has published again. Nothing is
 *  published meanwhile. It may be killed at any point: the removal is recorded once, by whoever comes to the end of it.
 *  @param now  ms since the epoch
 *  @returns    the subgraph; undefined where there is nothing to do */
export async function removeRetiredTables(
  { pool, tables, store, keptDays }: RetiredTables,
  now: number,
): Promise<string | undefined> {
  const due = (database: pg.Pool | pg.ClientBase) =>
    registryTables(database)
      .selectFrom('subgraph_version as ended')
      .select(['ended.id', 'ended.subgraph', 'ended.department'])
      .where('ended.kind', '=', 'RETIREMENT')
      .where('ended.state', '=', 'PUBLISHED')
      .where('ended.published_at', '<', new Date(now - keptDays * DAY_MS))
      .where('ended.tables_removed_at', 'is', null)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('subgraph_version as earlier')
            .select('earlier.id')
            .whereRef('earlier.subgraph', '=', 'ended.subgraph')
            .where('earlier.declaration', 'is not', null),
        ),
      )
      .orderBy('ended.published_at')
      .limit(1)
      .executeTakeFirst();
  if (!(await due(pool))) return undefined;
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    // Whoever publishes the subgraph again waits until its tables are gone, and gets empty ones.
    const chain = await holdActs(store, connection);
    const ended = await due(client);
    if (!ended) return undefined;
    const { id, subgraph, department } = ended;
    await dropSchema(tables, subgraph);
    await registryTables(client)
      .updateTable('subgraph_version')
      .set({ tables_removed_at: new Date(now) })
      .where('id', '=', id)
      .execute();
    onCommit(
      await recordActs(store, connection, chain, [
        {
          time: new Date(now).toISOString(),
          act: 'REMOVE_TABLES',
          object: `subgraph-version/${id}`,
          concerns: [department],
          basis: [],
          terms: { subgraph, keptDays },
        },
      ]),
    );
    return subgraph;
  });
}

async function dropSchema(tables: pg.Pool, subgraph: string): Promise<void> {
  const client = await tables.connect();
  let isWell = false;
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${WAIT_MS}`);
    await client.query(`drop schema if exists ${quote(subgraph)} cascade`);
    await client.query('commit');
    isWell = true;
  } finally {
    client.release(!isWell);
  }
}

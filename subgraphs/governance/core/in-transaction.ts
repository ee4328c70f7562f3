import type pg from 'pg';
import { connectClient } from '../../../shared/database/connect-client.js';

/** Runs `change` in a transaction on a connection of its own. A connection on which anything failed is closed, which ends
 *  its transaction, also where the database is away.
 *  @param change  may hand `onCommit` a function that is called once the transaction has been committed */
export async function inTransaction<T>(
  pool: pg.Pool,
  change: (client: pg.PoolClient, onCommit: (committed: () => void) => void) => Promise<T>,
): Promise<T> {
  const client = await connectClient(pool);
  const committed: (() => void)[] = [];
  try {
    await client.query('begin');
    const result = await change(client, (call) => void committed.push(call));
    await client.query('commit');
    for (const call of committed) call();
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

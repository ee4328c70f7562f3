import { createHash } from 'node:crypto';
import type pg from 'pg';
import { connectClient } from '../../../shared/database/connect-client.js';

/** Runs a task unless another process is at it. The database frees the lock when the process dies.
 *  @param what  names the task
 *  @param task  tells whether it has ended what it names
 *  @returns     the same; false where another process is at it */
export async function whileAlone(pool: pg.Pool, what: string, task: () => Promise<boolean>): Promise<boolean> {
  const key = createHash('sha256').update(what).digest().readBigInt64BE().toString();
  const client = await connectClient(pool);
  let isFree = false;
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [key]);
    if (!rows[0]!.locked) return false;
    const isDone = await task();
    await client.query('select pg_advisory_unlock($1)', [key]);
    isFree = true;
    return isDone;
  } finally {
    client.release(!isFree);
  }
}

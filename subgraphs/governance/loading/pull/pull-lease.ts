import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { loadingTables } from '../tables.js';

/** How long a pull is left to the process that is at it, seconds: when it dies, another one goes on after so long. */
const HELD_SECONDS = 60;
const RENEW_MS = 15_000;

/** One process's hold on a pull. The row says so, and not a connection, since a source may be read for hours. */
export interface PullLease {
  readonly holder: string;
  /** Aborted when the pull is not this process's any more. */
  readonly lost: AbortSignal;
  /** @returns false where another process has taken the pull over meanwhile */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** @param now  ms since the epoch, by which the pull is due
 *  @returns undefined where another process is at it, or has been */
export async function leasePull(pool: pg.Pool, id: string, now: number): Promise<PullLease | undefined> {
  const holder = randomUUID();
  const until = sql<Date>`now() + ${HELD_SECONDS} * interval '1 second'`;
  const taken = await loadingTables(pool)
    .updateTable('pull')
    .set({ held_by: holder, held_until: until })
    .where('id', '=', id)
    .where('next_at', '<=', new Date(now))
    .where('load', 'is', null)
    .where((eb) => eb.or([eb('held_until', 'is', null), eb('held_until', '<', sql<Date>`now()`)]))
    .returning('id')
    .executeTakeFirst();
  if (!taken) return undefined;
  const own = () => loadingTables(pool).updateTable('pull').where('id', '=', id).where('held_by', '=', holder);
  const lost = new AbortController();
  let renewedAt = Date.now();
  const renew = async (): Promise<void> => {
    const at = Date.now();
    try {
      const held = await own().set({ held_until: until }).returning('id').executeTakeFirst();
      if (held) renewedAt = at;
      else lost.abort(new Error('another process has taken the pull over'));
    } catch (error) {
      // The database may be back before the hold is over.
      if (Date.now() - renewedAt > HELD_SECONDS * 1000) lost.abort(error);
    }
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  timer.unref();
  return {
    holder,
    lost: lost.signal,
    isHeld: async () => (await own().set({ held_by: holder }).returning('id').executeTakeFirst()) !== undefined,
    release: async () => {
      clearInterval(timer);
      // It ends by itself, where the database cannot be reached.
      await own()
        .set({ held_by: null, held_until: null })
        .execute()
        .catch(() => undefined);
    },
  };
}

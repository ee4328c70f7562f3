import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { nextTime, parseSchedule } from '../../../../shared/pulling/schedule.js';
import { readSource, type PullSources } from '../../../../shared/pulling/read-source.store.js';
import { writeRows } from '../../../../shared/pulling/write-rows.js';
import { inTransaction, nextNumber } from '../../core/index.js';
import { announceByHub } from '../announce-by-hub.js';
import type { LoadRoom } from '../carry-out-load.js';
import { loadingTables } from '../tables.js';
import type { PlannedPull } from './plan-pulls.js';
import { faultOf, retryAt, type PullFault } from './pull-fault.js';
import { leasePull, type PullLease } from './pull-lease.js';

export interface PullRoom extends Pick<LoadRoom, 'pool' | 'store' | 'folder' | 'timeZone' | 'signal'> {
  readonly sources: PullSources;
  /** Largest file that is loaded, bytes. */
  readonly mostBytes: number;
}

/** Name under which loads of pulled rows stand. */
const PULLED = 'scheduled-pull';
/** Longest pull: what takes longer is given up, and tried again. */
const LONGEST_MS = 6 * 3_600_000;

/** Carries out a pull that is due and that nobody else is at. Its rows are loaded as a file that was uploaded is; the watermark
 *  goes on once they are. It may be killed at any point.
 *  @param pulls  of all declarations in force
 *  @param now    ms since the epoch
 *  @returns      its id; undefined where none is due */
export async function carryOutPull(
  room: PullRoom,
  pulls: readonly PlannedPull[],
  now: number,
): Promise<string | undefined> {
  const due = await dueOf(room.pool, now).orderBy('next_at').execute();
  for (const { id } of due) {
    const planned = pulls.find((pull) => pull.id === id);
    const lease = planned && (await leasePull(room.pool, id, now));
    if (!lease) continue;
    try {
      await pullOnce(room, planned, lease, now);
    } finally {
      await lease.release();
    }
    return id;
  }
  return undefined;
}

const dueOf = (pool: pg.Pool, now: number) =>
  loadingTables(pool).selectFrom('pull').selectAll().where('next_at', '<=', new Date(now)).where('load', 'is', null);

async function pullOnce(room: PullRoom, planned: PlannedPull, lease: PullLease, now: number): Promise<void> {
  const { pool, timeZone } = room;
  const { id, definition } = planned;
  // Another process may have been at it between the list and the lease.
  const row = await dueOf(pool, now).where('id', '=', id).where('definition', '=', definition).executeTakeFirst();
  if (!row) return;
  const next = new Date(nextTime(parseSchedule(planned.pull.every)!, now, timeZone)!);
  const load = await nextNumber(pool, 'load_number', 'L');
  const file = join(room.folder, `${load}.part`);
  try {
    const fault = await pullInto(room, planned, row.watermark, { load, file, next, now, lease });
    if (fault) await fail(room, planned, fault, { failures: row.failures, next, now });
  } catch (error) {
    room.signal?.throwIfAborted();
    // Whoever has it now says how it went.
    if (!(await lease.isHeld())) throw error;
    await fail(room, planned, faultOf(error), { failures: row.failures, next, now });
  } finally {
    await rm(file, { force: true });
  }
}

interface Attempt {
  /** Number of the load that it may become. */
  readonly load: string;
  readonly file: string;
  /** By the schedule. */
  readonly next: Date;
  readonly now: number;
  readonly lease: PullLease;
}

/** @returns what is wrong with what was read */
async function pullInto(
  room: PullRoom,
  planned: PlannedPull,
  watermark: number | null | undefined,
  { load, file, next, now, lease }: Attempt,
): Promise<PullFault | undefined> {
  const { pool, store, folder, timeZone, mostBytes, sources } = room;
  const { id, definition, subgraph, department, name, pull } = planned;
  const limit = AbortSignal.timeout(LONGEST_MS);
  const signal = AbortSignal.any([limit, lease.lost, ...(room.signal ? [room.signal] : [])]);
  const overlap = (pull.watermark?.overlapMinutes ?? 0) * 60_000;
  const since = pull.watermark && watermark != null ? watermark - overlap : undefined;
  const { rows, bytes, sha256, latest } = await writeRows(file, readSource(sources, { ...planned, since }, signal), {
    watermark: pull.watermark?.item,
    timeZone,
    mostBytes,
  });
  const after = { next_at: next, tried_at: new Date(now), failures: 0 };
  if (rows === 0) {
    // A source that has lost everything looks like one that was never filled.
    if (pull.mode === 'full') return { code: 'SOURCE_EMPTY' };
    await loadingTables(pool)
      .updateTable('pull')
      .set({ ...after, checked_at: new Date(now), fault_code: null, fault_detail: null })
      .where('id', '=', id)
      .where('definition', '=', definition)
      .execute();
    return undefined;
  }
  await inTransaction(pool, async (client, onCommit) => {
    // The declaration names the department of its time; a reform may have taken the resource to another one.
    const owner = await loadingTables(client)
      .selectFrom('pull')
      .select('department')
      .where('id', '=', id)
      .executeTakeFirst();
    const recorded = await announceByHub(
      client,
      store,
      {
        ...{ id: load, department: owner?.department ?? department, subgraph, type: name, key: `pull ${load}` },
        ...{ sha256, bytes, fileName: 'pull.ndjson', format: 'NDJSON', mostRejected: 0, by: PULLED },
        mode: pull.mode === 'full' ? 'FULL' : 'UPSERT',
      },
      now,
    );
    const { holder } = await loadingTables(client)
      .updateTable('pull')
      // A time of the source that has not come yet would hide what is changed until then.
      .set({ ...after, load, pending: latest === undefined ? (watermark ?? null) : Math.min(latest, now) })
      .where('id', '=', id)
      .where('definition', '=', definition)
      .returning('held_by as holder')
      .executeTakeFirstOrThrow();
    if (holder !== lease.holder) throw new Error('another process has taken the pull over');
    // The load may begin when it is committed.
    await rename(file, join(folder, load));
    onCommit(recorded);
  });
  return undefined;
}

/** Writes down a failure, and when it is tried again. */
export async function fail(
  { pool }: Pick<PullRoom, 'pool'>,
  { id, definition }: Pick<PlannedPull, 'id' | 'definition'>,
  { code, detail }: PullFault,
  { failures, next, now }: { readonly failures: number; readonly next: Date; readonly now: number },
): Promise<void> {
  await loadingTables(pool)
    .updateTable('pull')
    .set({
      ...{ load: null, pending: null, tried_at: new Date(now), failures: failures + 1 },
      ...{ fault_code: code, fault_detail: detail?.slice(0, 500) ?? null, next_at: retryAt(failures + 1, next, now) },
    })
    .where('id', '=', id)
    .where('definition', '=', definition)
    .execute();
}

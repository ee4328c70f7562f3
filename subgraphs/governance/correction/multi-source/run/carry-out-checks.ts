import { hash } from 'node:crypto';
import type { ComparedSide, PairsRequest } from '../../../../../shared/read-model/compared-pairs.js';
import { decryptSecret, encryptSecret } from '../../../../../shared/trust/secret-envelope.js';
import { whileAlone } from '../../../core/index.js';
import { findNewestGraph } from '../../../evidence/index.js';
import { multiSourceTables } from '../tables.js';
import type { RunReason } from './multi-source-run.entity.js';
import { readStanding, type CheckRow, type Standing } from './read-standing.js';
import { beginRun, endRun, FINISHED, type RunRow } from './run.store.js';
import type { RunRoom } from './run-room.js';
import { isFull, settleBatch } from './settle-batch.js';

/** Share of a restricted item's values that the five commonest may cover, as in verification: beyond it a difference would
 *  tell the value. Our own safeguard; no text of law names one. */
const MOST_COVERED = 0.05;
/** A run that cannot read a side for so long is given up until its next time. */
const UNREACHABLE_MS = 12 * 3_600_000;

/** Carries out every check that is due, and goes on with runs that a worker has left. The process may be killed at any point, and
 *  several may do this at once: each check is held by the connection that works on it.
 *  @returns number of runs that have ended
 *  @throws the first failure, after every check had its turn
 *  @source HZ-6.3a */
export async function carryOutChecks(room: RunRoom): Promise<number> {
  const due = await multiSourceTables(room.pool)
    .selectFrom('multi_source_check')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'ACTIVE'), eb('next_at', '<=', new Date(room.now()))]),
        eb('id', 'in', eb.selectFrom('multi_source_run').select('check_id').where('state', '=', 'RUNNING')),
      ]),
    )
    .orderBy('next_at')
    .orderBy('id')
    .execute();
  let ended = 0;
  let failed: { readonly error: unknown } | undefined;
  for (const check of due) {
    if (room.signal?.aborted) break;
    try {
      if (await whileAlone(room.pool, `carry out ${check.id}`, () => carryOut(room, check))) ended++;
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed) throw failed.error;
  return ended;
}

/** @returns true where the run has ended */
async function carryOut(room: RunRoom, check: CheckRow): Promise<boolean> {
  let run = await beginRun(room, check);
  while (run && !room.signal?.aborted) {
    if (run.mark === FINISHED) return stop(room, run, undefined);
    if (isFull(run)) return stop(room, run, 'CASES_TOO_MANY');
    const standing = await readStanding(room.pool, check.id, room.now());
    if ('reason' in standing) return stop(room, run, standing.reason);
    const next = await compareBatch(room, standing, run);
    if (typeof next === 'string') return stop(room, run, next);
    run = next;
  }
  return false;
}

async function stop(room: RunRoom, run: RunRow, reason: RunReason | undefined): Promise<true> {
  await endRun(room, run, reason);
  return true;
}

/** Compares one batch. @returns the run as it is then, or the reason for which it stops; undefined where
 *  another worker has moved it */
async function compareBatch(room: RunRoom, standing: Standing, run: RunRow): Promise<RunRow | RunReason | undefined> {
  const compared = await room.compare(await toRequest(room, standing, run)).catch(async (error: unknown) => {
    // A list that no longer knows where it was: the run begins again. What it has opened stays open, and is not opened twice.
    if (run.mark !== null && (error as { code?: unknown }).code === 'BAD_USER_INPUT') return 'AGAIN' as const;
    if (room.now() - run.started_at.getTime() > UNREACHABLE_MS) return 'UNREACHABLE' as const;
    throw error;
  });
  if (compared === 'UNREACHABLE') return compared;
  if (compared === 'AGAIN') return restart(room, run);
  const { driver, other } = standing;
  const isTelling = [driver, other].some(
    ({ share_type }, side) => share_type !== 'UNCONDITIONAL' && compared.commonest[side]! > MOST_COVERED,
  );
  if (run.batches === 0 && isTelling) return 'FEW_VALUES';
  const mark =
    compared.next === undefined ? FINISHED : await encryptSecret(compared.next, room.markKeys.public, [run.id]);
  return settleBatch(room, standing, run, { pairs: compared.pairs, mark });
}

async function restart({ pool }: RunRoom, { id, batches }: RunRow): Promise<RunRow | undefined> {
  return multiSourceTables(pool)
    .updateTable('multi_source_run')
    .set({ mark: null, batches: 0, compared: 0, agreed: 0, mismatched: 0, absent: 0, held: 0 })
    .where('id', '=', id)
    .where('batches', '=', batches)
    .returningAll()
    .executeTakeFirst();
}

async function toRequest(room: RunRoom, standing: Standing, run: RunRow): Promise<PairsRequest> {
  const { check, driver, other, consents } = standing;
  const graphVersion = await findNewestGraph(room.pool);
  return {
    requestId: hash('sha256', `${run.id}/${run.batches}`, 'hex').slice(0, 32),
    ...{ department: check.authority, purpose: check.purpose },
    consents: consents.map(({ id, owner, item, proposed_by, given_by }) => ({
      ...{ consent: id, owner, item, decidedBy: [proposed_by, given_by].filter((person) => person != null) },
    })),
    subjectKind: driver.subject_kind,
    driver: { ...toSide(driver), listField: driver.list_field },
    other: toSide(other),
    rule: { form: check.form, within: check.within },
    ...(run.mark !== null && { after: await decryptSecret(run.mark, room.markKeys, [run.id]) }),
    size: check.batch_size,
    ...(graphVersion !== undefined && { graphVersion }),
  };
}

function toSide({ subgraph, provider, coordinate, subject_field }: Standing['other']): ComparedSide {
  const [type = '', field = ''] = coordinate.split('.');
  return { subgraph, owner: provider, type, field, subjectField: subject_field };
}

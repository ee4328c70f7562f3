import { createHmac, type KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { GovernanceAct } from '../../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs } from '../../../../../shared/evidence/store/index.js';
import type { ComparedPair } from '../../../../../shared/read-model/compared-pairs.js';
import { type Database, inTransaction } from '../../../core/index.js';
import { findOpenCorrections, openCheckCase } from '../../check-case.js';
import { namesOfDepartments } from '../../../register/index.js';
import { multiSourceTables } from '../tables.js';
import type { Standing } from './read-standing.js';
import type { RunRow } from './run.store.js';
import type { RunRoom } from './run-room.js';

/** Differences of one subject that become corrections in a year, and those of one run. */
const MOST_OF_SUBJECT = 3;
const MOST_OF_RUN = 1_000;
const YEAR_MS = 365 * 86_400_000;

export interface Batch {
  readonly pairs: readonly ComparedPair[];
  /** Where the run goes on, sealed; `FINISHED` at its end. */
  readonly mark: string;
}

/** Opens the corrections of a batch, counts it, and moves the run on: all of it, or nothing.
 *
 *  Subjects whose correction is open are left out, and those that had three in a year: so neither a further case nor a figure tells
 *  a department what comes of changing its own value.
 *  @returns  the run as it is then; undefined where another worker has moved it */
export async function settleBatch(
  room: RunRoom,
  { check, driver }: Standing,
  run: RunRow,
  { pairs, mark }: Batch,
): Promise<RunRow | undefined> {
  const { pool, store } = room;
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(store, connection);
    const tables = multiSourceTables(client);
    const seen = await tables
      .selectFrom('multi_source_run')
      .select(['state', 'batches'])
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (seen.state !== 'RUNNING' || seen.batches !== run.batches) return undefined;
    const now = room.now();
    const tagged = pairs.map((pair) => ({ ...pair, tag: tagOf(room.subjectKey, check.id, pair.identifier) }));
    const held = await findHeld(client, check.id, tagged, now);
    const judged = tagged.filter(({ tag }) => !held.has(tag.toString('hex')));
    const count = (outcome: ComparedPair['outcome']) => judged.filter((pair) => pair.outcome === outcome).length;
    const [agreed, absent] = [count('AGREED'), count('ABSENT')];
    const differing = judged.filter(({ outcome }) => outcome === 'MISMATCHED');
    const taken = differing.slice(0, Math.max(0, MOST_OF_RUN - run.cases / 2));
    const names = await namesOfDepartments(client);
    const time = new Date(now).toISOString();
    const acts: Omit<GovernanceAct, 'kind'>[] = [];
    let cases = 0;
    for (const { identifier, tag } of taken)
      for (const [provider, item, other] of [
        [check.left_owner, check.left_item, check.right_owner],
        [check.right_owner, check.right_item, check.left_owner],
      ] as const) {
        const { id, act } = await openCheckCase(
          client,
          { ...room, now },
          {
            ...{ check: check.id, provider, item, other, otherName: names.get(other) ?? other },
            subject: { kind: driver.subject_kind, identifier },
          },
        );
        await tables
          .insertInto('multi_source_case')
          .values({
            ...{ run_id: run.id, check_id: check.id, subject: tag, provider, correction: id },
            opened_at: new Date(now),
          })
          .execute();
        if (act) {
          acts.push({ time, ...act });
          cases++;
        }
      }
    const moved = await tables
      .updateTable('multi_source_run')
      .set((eb) => ({
        ...{ mark, batches: run.batches + 1 },
        compared: eb('compared', '+', agreed + differing.length),
        agreed: eb('agreed', '+', agreed),
        mismatched: eb('mismatched', '+', differing.length),
        absent: eb('absent', '+', absent),
        held: eb('held', '+', held.size + differing.length - taken.length),
        cases: eb('cases', '+', cases),
      }))
      .where('id', '=', run.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    onCommit(await recordActs(store, connection, chain, acts));
    return moved;
  });
}

/** A run has found more differences than become corrections at once. */
export const isFull = ({ cases }: RunRow): boolean => cases >= 2 * MOST_OF_RUN;

/** Hash by which a check, and no other, knows a subject again. */
const tagOf = (key: KeyObject, check: string, identifier: string): Buffer =>
  createHmac('sha256', key).update(`${check}\0${identifier}`).digest();

/** Subjects that are left out, by their hashes in hexadecimal. */
async function findHeld(
  client: pg.PoolClient,
  check: string,
  tagged: readonly { readonly tag: Buffer }[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (tagged.length === 0) return new Set();
  const database: Database = client;
  const rows = await multiSourceTables(database)
    .selectFrom('multi_source_case')
    .select(['run_id', 'subject', 'correction', 'opened_at'])
    .where('check_id', '=', check)
    .where(
      'subject',
      'in',
      tagged.map(({ tag }) => tag),
    )
    .execute();
  const open = await findOpenCorrections(database, [...new Set(rows.map(({ correction }) => correction))]);
  const bySubject = Map.groupBy(rows, ({ subject }) => subject.toString('hex'));
  return new Set(
    [...bySubject].flatMap(([tag, cases]) => {
      const recent = cases.filter(({ opened_at }) => opened_at.getTime() > now - YEAR_MS);
      const isHeld =
        cases.some(({ correction }) => open.has(correction)) ||
        new Set(recent.map(({ run_id }) => run_id)).size >= MOST_OF_SUBJECT;
      return isHeld ? [tag] : [];
    }),
  );
}

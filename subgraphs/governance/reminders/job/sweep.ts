import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import {
  type RecordStore,
  connectionOf,
  type Query,
  holdActs,
  recordActs,
} from '../../../../shared/evidence/store/index.js';
import { workingDaysLeft, type Profile } from '../../../../shared/law/index.js';
import { readBodies } from './bodies.js';
import type { Source } from './source.js';
import { dueKey, stageOf, type Clock, type Stage } from './stage.rule.js';
import type { Watched } from './watched.rule.js';

export interface SweepOptions extends Clock {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly profile: Profile;
  readonly sources: readonly Source[];
}
interface Due {
  readonly watched: Watched;
  readonly stage: Stage;
}

/** Things told of in one transaction, during which nobody can decide. */
const BATCH = 100;

/** Finds everything of which somebody is to be told now, by the state alone, and records each stage of it once: that it
 *  was told and the act that tells it are one transaction. So it may be killed at any point, run twice at once, or stand
 *  still for a week, and nothing is lost or told twice.
 *  @returns how many acts it recorded */
export async function sweep(options: SweepOptions): Promise<number> {
  let recorded = 0;
  for (const source of options.sources) {
    const query = queryOf(options.pool);
    const found = dueOf(await source.read({ ...options, query }), options);
    const subjects = await untold(query, found);
    for (let at = 0; at < subjects.length; at += BATCH)
      recorded += await tell(options, source, subjects.slice(at, at + BATCH));
  }
  return recorded;
}

function dueOf(watched: readonly Watched[], clock: Clock): Due[] {
  return watched.flatMap((one) => {
    const stage = stageOf(one, clock);
    return stage ? [{ watched: one, stage }] : [];
  });
}

/** Subjects of those of which nobody has been told. */
async function untold(query: Query, due: readonly Due[]): Promise<string[]> {
  const rows = await query(
    `select distinct subject from unnest($1::text[], $2::text[], $3::text[]) as due (subject, stage, due)
      where not exists (select from job_done where (job_done.subject, job_done.stage, job_done.due) = (due.subject, due.stage, due.due))
      order by subject`,
    columnsOf(due),
  );
  return rows.map(({ subject }) => String(subject));
}

/** What is due is read again while nobody can decide, so that what was decided a moment ago is not called late. */
async function tell(
  { pool, store, ...options }: SweepOptions,
  source: Source,
  only: readonly string[],
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const connection = connectionOf(client);
    const held = await holdActs(store, connection);
    const due = dueOf(await source.read({ ...options, query: connection.query, only }), options);
    const added = await connection.query(
      `insert into job_done (subject, stage, due, at)
       select subject, stage, due, $4 from unnest($1::text[], $2::text[], $3::text[]) as due (subject, stage, due)
       on conflict do nothing returning subject`,
      [...columnsOf(due), new Date(options.now).toISOString()],
    );
    const fresh = new Set(added.map(({ subject }) => subject));
    const overseers = (await readBodies(connection.query))('authority');
    const telling = due.filter(({ watched }) => fresh.has(watched.subject));
    const acts = telling.map((one) => actOf(one, overseers, options));
    for (const { watched, stage } of telling) await source.told?.(connection.query, watched, stage, options.now);
    const committed = await recordActs(store, connection, held, acts);
    await client.query('commit');
    committed();
    client.release();
    return acts.length;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const columnsOf = (due: readonly Due[]): readonly (readonly string[])[] => [
  due.map(({ watched }) => watched.subject),
  due.map(({ stage }) => stage),
  due.map(({ watched }) => dueKey(watched)),
];

/** The hub itself acts, so the act names no department that does. */
function actOf({ watched, stage }: Due, overseers: readonly string[], clock: Clock): Omit<GovernanceAct, 'kind'> {
  const { kind, object, owners, others, clauses, due, subject } = watched;
  const told = [...owners, ...others, ...(stage === 'OVERDUE' ? overseers : [])];
  const left = workingDaysLeft(clock.calendar, { due, now: clock.now, timeZone: clock.timeZone });
  return {
    time: new Date(clock.now).toISOString(),
    act: stage === 'OVERDUE' ? 'ESCALATE' : kind === 'GRANT' && stage === 'ENDED' ? 'EXPIRE_GRANT' : 'REMIND',
    object,
    concerns: [...new Set(told)].sort(),
    basis: clauses,
    terms: {
      ...{ task: kind, subject, stage, owners, dueOn: due.date, provisional: due.provisional },
      workingDaysLeft: left.days,
    },
  };
}

const queryOf =
  (pool: pg.Pool): Query =>
  async (sql, values) =>
    (await pool.query<Record<string, unknown>>(sql, values as unknown[])).rows;

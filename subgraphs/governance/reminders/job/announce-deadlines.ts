import type pg from 'pg';
import { sql } from 'kysely';
import type { AuditAction, GovernanceAct } from '../../../../shared/evidence/index.js';
import { holdActs, recordActs, type RecordStore, connectionOf } from '../../../../shared/evidence/store/index.js';
import { workingDaysLeft, type Profile } from '../../../../shared/law/index.js';
import {
  type Database,
  type Deadline,
  type DeadlineKind,
  type DeadlineSource,
  type DeadlineStage,
  inTransaction,
} from '../../core/index.js';
import { readDepartmentsByRole } from '../../register/index.js';
import { reminderTables } from '../tables.js';
import { findStage, toDueKey, type Clock } from './deadline-stage.rule.js';
import { isUnannounced } from './is-unannounced.js';

export interface AnnouncementOptions extends Clock {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly profile: Profile;
  readonly sources: readonly DeadlineSource[];
}
interface DueStage {
  readonly deadline: Deadline;
  readonly stage: DeadlineStage;
}

/** Announcements in one transaction, during which nobody else can decide. */
const BATCH = 100;

/** Finds every deadline whose stage has to be announced now, from the state alone, and records each stage once: the note
 *  that it was announced and the act that announces it are one transaction. The process may be killed at any point, run
 *  twice at once or stand still for a week, and nothing is lost or announced twice.
 *  @returns number of recorded acts */
export async function announceDeadlines(options: AnnouncementOptions): Promise<number> {
  let recorded = 0;
  for (const source of options.sources) {
    const due = await findDueStages(source, options, options.pool);
    const subjects = await findUnannounced(options.pool, due);
    for (let at = 0; at < subjects.length; at += BATCH)
      recorded += await announce(options, source, subjects.slice(at, at + BATCH));
  }
  return recorded;
}

async function findDueStages(
  source: DeadlineSource,
  { now, calendar, timeZone, profile }: AnnouncementOptions,
  database: Database,
  only?: readonly string[],
): Promise<DueStage[]> {
  const clock = { now, calendar, timeZone };
  const deadlines = await source.find({ ...clock, profile, database, isUnannounced, ...(only && { only }) });
  return deadlines.flatMap((deadline) => {
    const stage = findStage(deadline, clock);
    return stage ? [{ deadline, stage }] : [];
  });
}

async function findUnannounced(pool: pg.Pool, due: readonly DueStage[]): Promise<string[]> {
  const rows = await reminderTables(pool)
    .selectFrom(toRows(due).as('due'))
    .select('due.subject')
    .distinct()
    .where((eb) => isUnannounced(eb.ref('due.subject'), eb.ref('due.due'), eb.ref('due.stage')))
    .orderBy('due.subject')
    .execute();
  return rows.map(({ subject }) => subject);
}

/** The deadlines are read again while nobody can decide, so that something decided a moment ago is not called late. */
async function announce(
  options: AnnouncementOptions,
  source: DeadlineSource,
  only: readonly string[],
): Promise<number> {
  const { pool, store, now } = options;
  return inTransaction(pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const held = await holdActs(store, connection);
    const due = await findDueStages(source, options, client, only);
    const added = await reminderTables(client)
      .insertInto('job_done')
      .columns(['subject', 'stage', 'due', 'at'])
      .expression((eb) =>
        eb
          .selectFrom(toRows(due).as('due'))
          .select([
            'due.subject',
            'due.stage',
            'due.due',
            sql<Date>`${new Date(now).toISOString()}::timestamptz`.as('at'),
          ]),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('subject')
      .execute();
    const fresh = new Set(added.map(({ subject }) => subject));
    const authorities = (await readDepartmentsByRole(client))('authority');
    const announced = due.filter(({ deadline }) => fresh.has(deadline.subject));
    for (const { deadline, stage } of announced) await source.onAnnounced?.(client, deadline, stage, now);
    const acts = announced.map((one) => toAct(one, authorities, options));
    onCommit(await recordActs(store, connection, held, acts));
    return acts.length;
  });
}

/** Due stages as rows of a query. */
const toRows = (due: readonly DueStage[]) =>
  sql<{ subject: string; stage: DeadlineStage; due: string }>`(
    select * from unnest(${due.map(({ deadline }) => deadline.subject)}::text[], ${due.map(({ stage }) => stage)}::text[],
                         ${due.map(({ deadline }) => toDueKey(deadline))}::text[]) as given (subject, stage, due))`;

/** Acts that record the end of something, by its kind. */
const ENDS: Partial<Record<DeadlineKind, AuditAction>> = {
  GRANT: 'EXPIRE_GRANT',
  CONSENT: 'EXPIRE_CONSENT',
  SUBGRAPH_KEY: 'EXPIRE_KEY',
  PROTECTION: 'EXPIRE_PROTECTION',
};

/** The hub itself acts, so the act names no acting department. */
function toAct(
  { deadline, stage }: DueStage,
  authorities: readonly string[],
  { now, calendar, timeZone }: Clock,
): Omit<GovernanceAct, 'kind'> {
  const { kind, object, owners, others, clauses, due, subject } = deadline;
  const notified = [...owners, ...others, ...(stage === 'OVERDUE' ? authorities : [])];
  return {
    time: new Date(now).toISOString(),
    act: stage === 'OVERDUE' ? 'ESCALATE' : (stage === 'ENDED' && ENDS[kind]) || 'REMIND',
    object,
    concerns: [...new Set(notified)].sort(),
    basis: clauses,
    terms: {
      task: kind,
      subject,
      stage,
      owners,
      dueOn: due.date,
      provisional: due.provisional,
      workingDaysLeft: workingDaysLeft(calendar, { due, now, timeZone }).days,
    },
  };
}

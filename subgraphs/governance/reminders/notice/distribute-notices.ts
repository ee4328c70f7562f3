import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { type Database, inTransaction } from '../../core/index.js';
import { findDepartments, readHeirs } from '../../register/index.js';
import { reminderTables } from '../tables.js';
import { closeDoneTasks } from './close-done-tasks.js';
import { findPending } from './find-pending.js';
import type { NewNotice, Register } from './recipients.rule.js';
import { writeNotices } from './write-notices.rule.js';

/** Acts in one transaction. */
const BATCH = 200;

/** Writes the notices of every act of governance behind the cursor. Notices and cursor move in one transaction, one worker
 *  at a time, so that each act is announced once, whatever happens.
 *  @returns number of notices written */
export async function distributeNotices(pool: pg.Pool): Promise<number> {
  let written = 0;
  for (;;) {
    const { acts, notices } = await inTransaction(pool, distributeBatch);
    written += notices;
    if (acts < BATCH) return written;
  }
}

interface RecordedLine {
  readonly position: string;
  readonly line: string;
}

async function distributeBatch(database: Database): Promise<{ readonly acts: number; readonly notices: number }> {
  const db = reminderTables(database);
  const cursor = await db.selectFrom('notice_cursor').select('position').forUpdate().executeTakeFirstOrThrow();
  const records = await db
    .selectFrom('evidence.record as record')
    .select(['record.position', 'record.line'])
    .where('record.kind', '=', 'act')
    .where('record.position', '>', cursor.position)
    .orderBy('record.position')
    .limit(BATCH)
    .execute();
  const last = records.at(-1);
  if (!last) return { acts: 0, notices: 0 };
  const notices = await storeNotices(database, records);
  await db.updateTable('notice_cursor').set({ position: last.position }).execute();
  return { acts: records.length, notices };
}

async function storeNotices(database: Database, records: readonly RecordedLine[]): Promise<number> {
  const register = await readRegister(database);
  const heirOf = await readHeirs(database);
  let stored = 0;
  for (const { position, line } of records) {
    const act = JSON.parse(line) as GovernanceAct;
    const notices = writeNotices(act, register, await findPending(database, act.object));
    for (const notice of notices) {
      // Of what happened before a reform, its heirs are told.
      const heard = { ...notice, department: heirOf(notice.department) };
      if (await storeNotice(database, position, act, heard)) stored++;
    }
    await closeDoneTasks(database, { position, act });
  }
  return stored;
}

/** @returns false when it was stored before */
async function storeNotice(
  database: Database,
  position: string,
  { time, act, object, basis }: GovernanceAct,
  { department, posts, roles, person, kind, text, english, dueOn, provisional }: NewNotice,
): Promise<boolean> {
  const added = await reminderTables(database)
    .insertInto('notice')
    .values({
      position,
      department,
      posts: posts ? [...posts] : null,
      roles: roles ? [...roles] : null,
      person: person ?? null,
      at: time,
      kind,
      act,
      object,
      text,
      text_en: english,
      clauses: [...basis],
      due_on: dueOn ?? null,
      provisional: provisional ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .execute();
  return added.length > 0;
}

async function readRegister(database: Database): Promise<Register> {
  const departments = await findDepartments(database);
  return {
    names: new Map(departments.map(({ code, name }) => [code, name])),
    authorities: new Set(departments.filter(({ roles }) => roles.includes('authority')).map(({ code }) => code)),
  };
}

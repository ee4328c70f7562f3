import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, type Query } from '../../../../shared/evidence/store/index.js';
import type { Addressed, Register } from './recipients.rule.js';
import { noticesOf } from './notices-of.rule.js';
import { readPending } from './read-pending.js';

/** Acts told of in one transaction. */
const BATCH = 200;

/** Tells the departments of every act of governance behind the cursor. The notices and the cursor move in one
 *  transaction, one worker at a time, so each act is told once whatever happens.
 *  @returns how many notices were written */
export async function distributeNotices(pool: pg.Pool): Promise<number> {
  let written = 0;
  for (;;) {
    const { acts, notices } = await distribute(pool);
    written += notices;
    if (acts < BATCH) return written;
  }
}

async function distribute(pool: pg.Pool): Promise<{ readonly acts: number; readonly notices: number }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { query } = connectionOf(client);
    const [cursor] = await query('select position from notice_cursor for update');
    const rows = await query(
      `select position, line from evidence.record where kind = 'act' and position > $1 order by position limit ${BATCH}`,
      [cursor!['position']],
    );
    const notices = rows.length === 0 ? 0 : await write(query, rows);
    if (rows.length > 0) await query('update notice_cursor set position = $1', [rows.at(-1)!['position']]);
    await client.query('commit');
    client.release();
    return { acts: rows.length, notices };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function write(query: Query, rows: readonly Record<string, unknown>[]): Promise<number> {
  const register = await readRegister(query);
  let written = 0;
  for (const { position, line } of rows) {
    const act = JSON.parse(String(line)) as GovernanceAct;
    for (const notice of noticesOf(act, register, await readPending(query, act.object)))
      written += await insert(query, position, act, notice);
  }
  return written;
}

async function insert(query: Query, position: unknown, act: GovernanceAct, notice: Addressed): Promise<number> {
  const { department, posts, person, kind, text, dueOn, provisional } = notice;
  const added = await query(
    `insert into notice (position, department, posts, person, at, kind, act, object, text, clauses, due_on, provisional)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning number`,
    [
      ...[position, department, posts ?? null, person ?? null, act.time, kind, act.act, act.object, text, act.basis],
      ...[dueOn ?? null, provisional ?? null],
    ],
  );
  return added.length;
}

async function readRegister(query: Query): Promise<Register> {
  const rows = await query('select code, name, roles from department');
  return {
    names: new Map(rows.map(({ code, name }) => [String(code), String(name)])),
    authorities: new Set(
      rows.filter(({ roles }) => (roles as string[]).includes('authority')).map(({ code }) => String(code)),
    ),
  };
}

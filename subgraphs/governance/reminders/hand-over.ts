import { sql } from 'kysely';
import type { HandOver } from '../core/index.js';
import { reminderTables } from './tables.js';

/** Hands over inboxes and channels: what a department or person was told, and what waits for them, goes along. */
export async function handOverNotices({ database, moves, moved }: HandOver): Promise<void> {
  const db = reminderTables(database);
  for (const { person, from, to } of moves.persons) {
    await moveNotices(db, { from, to, person });
    const channels = await db
      .updateTable('message_channel')
      .set({ department: to })
      .where('officer', '=', person)
      .where('state', '<>', 'ENDED')
      .returning('id')
      .execute();
    for (const { id } of channels) moved('CHANNEL', `message-channel/${id}`, from, to);
  }
  for (const { code, from, to } of moves.resources) await moveTasks(db, `resource/${code}`, { from, to });
  for (const [from, to] of moves.ended) {
    const count = await moveNotices(db, { from, to });
    if (count > 0) moved('NOTICES', `department/${from}`, from, to);
    const robots = await db
      .updateTable('message_channel')
      .set({ department: to })
      .where('department', '=', from)
      .where('state', '<>', 'ENDED')
      .returning('id')
      .execute();
    for (const { id } of robots) moved('CHANNEL', `message-channel/${id}`, from, to);
  }
}

/** Those of an act of which the other department was told already are told once. */
async function moveNotices(
  db: ReturnType<typeof reminderTables>,
  { from, to, person }: { readonly from: string; readonly to: string; readonly person?: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update notice set department = ${to}
     where department = ${from} and (${person ?? null}::text is null or person = ${person ?? null})
       and not exists (select from notice as other
                        where other.position = notice.position and other.department = ${to}
                          and coalesce(other.person, '') = coalesce(notice.person, ''))`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What waits for a department goes with the thing that it waits for. */
async function moveTasks(
  db: ReturnType<typeof reminderTables>,
  object: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await sql`
    update notice set department = ${to}
     where department = ${from} and object = ${object} and kind = 'TASK' and closed_at is null
       and not exists (select from notice as other
                        where other.position = notice.position and other.department = ${to}
                          and coalesce(other.person, '') = coalesce(notice.person, ''))`.execute(db);
}

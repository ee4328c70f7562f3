import { sql, type SqlBool } from 'kysely';
import type pg from 'pg';
import { type Database, inTransaction } from '../../core/index.js';
import { findActiveOfficer, findPostHolders } from '../../register/index.js';
import { isVisibleTo, toInboxReader } from '../notice/inbox-reader.js';
import { reminderTables } from '../tables.js';

/** Notices in one transaction. */
const BATCH = 500;
/** Days for which the outbox keeps what was settled. */
const KEPT_DAYS = 30;

/** A channel, as far as it is decided by it who reads the notices. */
export interface ChannelReader {
  readonly department: string;
  /** Null for the robot of a department. */
  readonly officer: string | null;
}

/** Writes new notices into the outbox, once for each channel whose reader may see them and has chosen their kind. Messages and
 *  cursor move in one transaction, one worker at a time.
 *  @returns number of messages written */
export async function planMessages(pool: pg.Pool, now: number): Promise<number> {
  let written = 0;
  for (;;) {
    const { notices, messages } = await inTransaction(pool, (client) => planBatch(client, now));
    written += messages;
    if (notices < BATCH) break;
  }
  await reminderTables(pool)
    .deleteFrom('message')
    .where('state', '<>', 'WAITING')
    .where('settled_at', '<', new Date(now - KEPT_DAYS * 86_400_000))
    .execute();
  return written;
}

async function planBatch(database: Database, now: number): Promise<{ notices: number; messages: number }> {
  const db = reminderTables(database);
  const cursor = await db.selectFrom('message_cursor').select('number').forUpdate().executeTakeFirstOrThrow();
  const notices = await db
    .selectFrom('notice')
    .select(['number', 'department'])
    .where('number', '>', cursor.number)
    .orderBy('number')
    .limit(BATCH)
    .execute();
  const last = notices.at(-1);
  if (!last) return { notices: 0, messages: 0 };
  const channels = await db
    .selectFrom('message_channel')
    .select(['number', 'department', 'officer', 'kinds'])
    .where('state', '=', 'ACTIVE')
    .where('department', 'in', [...new Set(notices.map(({ department }) => department))])
    .execute();
  let messages = 0;
  for (const { number, kinds, ...reader } of channels) {
    const readable = await findReadable(database, reader);
    if (!readable) continue;
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('message')
      .columns(['channel', 'kind', 'notice', 'state', 'at'])
      .expression(
        readable
          .select([
            sql<string>`${number}::bigint`.as('channel'),
            sql<'NOTICE'>`'NOTICE'`.as('kind'),
            'notice.number',
            sql<'WAITING'>`'WAITING'`.as('state'),
            sql<Date>`${new Date(now)}::timestamptz`.as('at'),
          ])
          .where('notice.number', '>', cursor.number)
          .where('notice.number', '<=', last.number)
          .where('notice.kind', 'in', kinds)
          .orderBy('notice.number'),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    messages += Number(numInsertedOrUpdatedRows);
  }
  await db.updateTable('message_cursor').set({ number: last.number }).execute();
  return { notices: notices.length, messages };
}

/** Query of the notices that the reader of a channel may see now: those of their inbox; for a robot, which a whole group
 *  reads, those of the department that are for no one person, and that tell nothing of protected subjects or secrecy.
 *  @returns undefined for an officer who may not act any more, or acts for another department */
export async function findReadable(database: Database, { department, officer }: ChannelReader) {
  const notices = reminderTables(database).selectFrom('notice');
  if (officer === null)
    return notices
      .where('notice.department', '=', department)
      .where('notice.person', 'is', null)
      .where((eb) =>
        eb.or([
          eb('notice.roles', 'is', null),
          sql<SqlBool>`not (${eb.ref('notice.roles')} && ${NOT_FOR_GROUPS}::text[])`,
        ]),
      )
      .where((eb) => sql<SqlBool>`${eb.ref('notice.object')} !~ ${'^(protection|verification-lock|officer)/'}`);
  const active = await findActiveOfficer(database, officer);
  if (active?.department !== department) return undefined;
  const reader = toInboxReader({ department, system: '', person: officer, roles: [...active.roles] });
  return notices.where(isVisibleTo(reader, await findPostHolders(database, department)));
}

const NOT_FOR_GROUPS = ['secrecy-reviewer', 'citizen-service'];

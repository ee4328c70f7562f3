import { sql } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import { HubError } from '../../../../shared/kernel/index.js';
import { requirePageSize, toConnection, type Connection } from '../../../../shared/subgraph/index.js';
import type { Database } from '../../core/index.js';
import { findPostHolders } from '../../register/index.js';
import { reminderTables, type ReminderDatabase } from '../tables.js';
import { isVisibleTo, type InboxReader } from './inbox-reader.js';
import type { InboxCounts, Notice } from './notice.js';
import { say } from '../messages/index.js';

/** Notices marked by one statement. */
const MARKED_AT_ONCE = 2_000;
/** Time after which no further batch is begun, milliseconds. */
const MARKING_MS = 5_000;

export interface InboxRequest {
  readonly unreadOnly: boolean;
  readonly first: number;
  /** Id of the last notice of the page before. */
  readonly after?: string | null | undefined;
}

/** The inbox of one reader. */
export class InboxStore {
  private readonly db: ReminderDatabase;

  constructor(
    private readonly database: Database,
    private readonly reader: InboxReader,
  ) {
    this.db = reminderTables(database);
  }

  /** @throws HubError BAD_USER_INPUT */
  async list({ unreadOnly, first, after }: InboxRequest): Promise<Connection<Notice>> {
    requirePageSize(first);
    let notices = (await this.selectVisible()).leftJoin('notice_read as mark', (join) =>
      join.onRef('mark.notice', '=', 'notice.number').on('mark.reader', '=', this.reader.key),
    );
    if (after != null) notices = notices.where('notice.number', '<', String(readNumber(after)));
    if (unreadOnly) notices = notices.where('mark.reader', 'is', null);
    const rows = await notices
      .select((eb) => [
        'notice.id',
        epochMs(eb.ref('notice.at')).as('at'),
        'notice.kind',
        'notice.act',
        'notice.object',
        'notice.text',
        'notice.text_en',
        'notice.clauses',
        sql<string | null>`${eb.ref('notice.due_on')}::text`.as('dueOn'),
        'notice.provisional',
        epochMs(eb.ref('notice.closed_at')).as('closedAt'),
        eb('mark.reader', 'is not', null).as('read'),
      ])
      .orderBy('notice.number', 'desc')
      .limit(first + 1)
      .execute();
    const found = rows.map(({ text, text_en, ...row }): Notice => ({
      ...row,
      text: { in: (language) => (language === 'en' ? (text_en ?? text) : text) },
      at: new Date(row.at),
      closedAt: row.closedAt == null ? null : new Date(row.closedAt),
      read: row.read === true,
    }));
    return toConnection(found, { first, after, cursorOf: ({ id }) => id });
  }

  async count(): Promise<InboxCounts> {
    const row = await (
      await this.selectVisible()
    )
      .leftJoin('notice_read as mark', (join) =>
        join.onRef('mark.notice', '=', 'notice.number').on('mark.reader', '=', this.reader.key),
      )
      .select((eb) => [
        eb.fn.countAll<string>().as('total'),
        eb.fn.countAll<string>().filterWhere('mark.reader', 'is', null).as('unread'),
        eb.fn
          .countAll<string>()
          .filterWhere((open) => open.and([open('notice.kind', '=', 'TASK'), open('notice.closed_at', 'is', null)]))
          .as('tasks'),
        eb.fn
          .countAll<string>()
          .filterWhere((unread) =>
            unread.and([unread('mark.reader', 'is', null), unread('notice.kind', '=', 'OVERDUE')]),
          )
          .as('overdue'),
      ])
      .executeTakeFirstOrThrow();
    return {
      total: Number(row.total),
      unread: Number(row.unread),
      unreadOverdue: Number(row.overdue),
      openTasks: Number(row.tasks),
    };
  }

  /** Marks notices as read. Notices that the reader may not see are skipped without an error, which would tell of them. */
  async markRead(ids: readonly string[]): Promise<void> {
    await this.mark((await this.selectVisible()).where('notice.id', '=', sql<string>`any(${[...ids]}::text[])`));
  }

  /** Marks a notice and everything older as read, the newest first, in batches. No batch begins after a few seconds, before
   *  the caller gives up; the counts then say what is still unread, and the same call goes on with it.
   *  @throws HubError BAD_USER_INPUT */
  async markReadUpTo(id: string): Promise<void> {
    const visible = (await this.selectVisible())
      .where('notice.number', '<=', String(readNumber(id)))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('notice_read as mark')
              .select('mark.notice')
              .whereRef('mark.notice', '=', 'notice.number')
              .where('mark.reader', '=', this.reader.key),
          ),
        ),
      )
      .orderBy('notice.number', 'desc')
      .limit(MARKED_AT_ONCE);
    const giveUp = performance.now() + MARKING_MS;
    for (let marked = MARKED_AT_ONCE; marked === MARKED_AT_ONCE && performance.now() < giveUp;)
      marked = await this.mark(visible);
  }

  /** @returns how many of them were not marked before */
  private async mark(notices: Awaited<ReturnType<InboxStore['selectVisible']>>): Promise<number> {
    const { numInsertedOrUpdatedRows = 0n } = await this.db
      .insertInto('notice_read')
      .columns(['notice', 'reader'])
      .expression(notices.select(['notice.number', sql<string>`${this.reader.key}`.as('reader')]))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return Number(numInsertedOrUpdatedRows);
  }

  private async selectVisible() {
    const holders = await findPostHolders(this.database, this.reader.department);
    return this.db.selectFrom('notice').where(isVisibleTo(this.reader, holders));
  }
}

function readNumber(id: string): number {
  const number = Number(/^N-(\d{6,15})$/.exec(id)?.[1]);
  if (Number.isSafeInteger(number)) return number;
  throw new HubError('BAD_USER_INPUT', say('inbox.malformed', { id: id.slice(0, 40) }));
}

import type { Query } from '../../../../shared/evidence/store/index.js';
import { HubError } from '../../../../shared/kernel/index.js';
import type { Notice, NoticePage, InboxCounts } from './notice.js';
import { standingOf, VISIBLE, type Reader } from './viewer.js';

const READ = `exists (select from notice_read where notice_read.notice = notice.number and reader = $5)`;

export interface InboxRequest {
  readonly unreadOnly: boolean;
  /** 1 to 100. */
  readonly first: number;
  /** Id of the last notice of the page before. */
  readonly after?: string | null | undefined;
}

/** What a reader finds in the inbox of his department. */
export class InboxStore {
  constructor(
    private readonly query: Query,
    private readonly reader: Reader,
  ) {}

  async page({ unreadOnly, first, after }: InboxRequest): Promise<NoticePage> {
    if (!(first >= 1 && first <= 100)) throw new HubError('BAD_USER_INPUT', '`first` must be from 1 to 100.');
    const rows = await this.query(
      `select id, (extract(epoch from at) * 1000)::float8 as at, kind, act, object, text, clauses, to_char(due_on, 'YYYY-MM-DD') as due_on, provisional, ${READ} as read
         from notice where ${VISIBLE} and ($6::bigint is null or number < $6) ${unreadOnly ? `and not ${READ}` : ''}
        order by number desc limit $7`,
      [...(await this.who()), after == null ? null : numberOf(after), first + 1],
    );
    const items = rows.slice(0, first).map(noticeOf);
    return { items, ...(rows.length > first && { next: items.at(-1)!.id }) };
  }

  async counts(): Promise<InboxCounts> {
    const [row] = await this.query(
      `select count(*)::int as total, count(*) filter (where reader is null)::int as unread,
              count(*) filter (where reader is null and kind = 'OVERDUE')::int as overdue
         from notice left join notice_read on notice_read.notice = notice.number and reader = $5 where ${VISIBLE}`,
      await this.who(),
    );
    return {
      total: Number(row!['total']),
      unread: Number(row!['unread']),
      unreadOverdue: Number(row!['overdue']),
    };
  }

  /** Marks notices as read; those that the reader may not see are left alone, and nothing says so. */
  async markRead(ids: readonly string[]): Promise<void> {
    await this.query(
      `insert into notice_read (notice, reader) select number, $5 from notice where ${VISIBLE} and id = any($6::text[])
       on conflict do nothing`,
      [...(await this.who()), [...ids]],
    );
  }

  /** Marks a notice and everything older as read. */
  async markReadUpTo(id: string): Promise<void> {
    await this.query(
      `insert into notice_read (notice, reader) select number, $5 from notice where ${VISIBLE} and number <= $6
       on conflict do nothing`,
      [...(await this.who()), numberOf(id)],
    );
  }

  private async who(): Promise<readonly unknown[]> {
    const { held, filled } = await standingOf(this.query, this.reader);
    const { department, person, name } = this.reader;
    return [department, person, held, filled, name];
  }
}

function numberOf(id: string): number {
  const number = Number(/^N-(\d{6,15})$/.exec(id)?.[1]);
  if (Number.isSafeInteger(number)) return number;
  throw new HubError('BAD_USER_INPUT', `"${id.slice(0, 40)}" is no notice. A notice is named such as N-000001.`);
}

const noticeOf = (row: Record<string, unknown>): Notice =>
  ({
    ...{ id: row['id'], kind: row['kind'], act: row['act'], object: row['object'], text: row['text'] },
    ...{ at: new Date(Number(row['at'])), clauses: row['clauses'], provisional: row['provisional'], read: row['read'] },
    dueOn: row['due_on'],
  }) as Notice;

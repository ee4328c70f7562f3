import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { Language } from '../../../../shared/kernel/index.js';
import type { Database } from '../../core/index.js';
import { reminderTables, type ReminderDatabase } from '../tables.js';
import type {
  MessageChannel,
  MessageChannelKind,
  MessageChannelStates,
  MessageChoiceInput,
  MessageTiming,
} from './message-channel.type.js';

/** A stored channel; its secret stays in the store. */
export interface StoredChannel extends MessageChannel {
  readonly number: string;
  readonly department: string;
  readonly officer: string | null;
  readonly code: string | null;
  readonly codeUntil: Date | null;
  readonly codeTries: number;
}
interface NewChannel {
  readonly department: string;
  readonly officer: string | null;
  readonly kind: MessageChannelKind;
  readonly name: string | null;
  readonly address: string;
  readonly sealed: string | null;
  readonly state: keyof typeof MessageChannelStates;
  readonly addedBy: string;
}

/** Clock of a store: digests go out at an hour of the local day. */
export interface MessageClock {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly timeZone: string;
  readonly dailyHour: number;
}

/** When the next message of a timing may be sent. */
export function nextSending(timing: MessageTiming, { now, timeZone, dailyHour }: MessageClock): Date {
  if (timing === 'AT_ONCE') return new Date(now);
  const local = DateTime.fromMillis(now, { zone: timeZone });
  const today = local.set({ hour: dailyHour, minute: 0, second: 0, millisecond: 0 });
  return (today > local ? today : today.plus({ days: 1 })).toJSDate();
}

const toColumns = ({ kinds, timing, language }: MessageChoiceInput) => ({
  kinds: [...new Set(kinds)],
  timing,
  language: language.toLowerCase() as Language,
});

/** Rows of `message_channel`, and the codes and trials in the outbox. */
export class MessageChannelStore {
  private readonly db: ReminderDatabase;

  constructor(
    database: Database,
    private readonly clock: MessageClock,
  ) {
    this.db = reminderTables(database);
  }

  async findMail(officer: string): Promise<StoredChannel | undefined> {
    const row = await this.select().where('channel.officer', '=', officer).executeTakeFirst();
    return row && toChannel(row);
  }

  async findRobots(department: string): Promise<StoredChannel[]> {
    const rows = await this.select()
      .where('channel.department', '=', department)
      .where('channel.officer', 'is', null)
      .orderBy('channel.number')
      .execute();
    return rows.map(toChannel);
  }

  async find(id: string): Promise<StoredChannel | undefined> {
    const row = await this.select().where('channel.id', '=', id).executeTakeFirst();
    return row && toChannel(row);
  }

  async add({ addedBy, ...channel }: NewChannel, choice: MessageChoiceInput): Promise<StoredChannel> {
    const at = new Date(this.clock.now);
    const { id } = await this.db
      .insertInto('message_channel')
      .values({
        ...channel,
        ...toColumns(choice),
        ...{ code: null, failure: null, next_at: at, added_at: at, added_by: addedBy },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return (await this.find(id))!;
  }

  /** Stores the hash of a code, and the code itself sealed in the outbox: it goes out before anything else. */
  async sendCode({ number, id }: StoredChannel, code: { hash: string; sealed: string; until: Date }) {
    await this.db
      .updateTable('message_channel')
      .set({ code: code.hash, code_until: code.until, code_tries: 0, state: 'UNCONFIRMED' })
      .set({ failure: null, failures: 0, next_at: new Date(this.clock.now) })
      .where('number', '=', number)
      .execute();
    await this.drop(number);
    await this.post(number, 'CODE', code.sealed);
    return (await this.find(id))!;
  }

  sendTrial({ number }: StoredChannel): Promise<void> {
    return this.post(number, 'TRIAL', null);
  }

  async countTry({ number }: StoredChannel): Promise<void> {
    await this.db
      .updateTable('message_channel')
      .set((eb) => ({ code_tries: eb('code_tries', '+', 1) }))
      .where('number', '=', number)
      .execute();
  }

  confirm(channel: StoredChannel): Promise<StoredChannel> {
    return this.open(channel, { code: null, code_until: null });
  }

  resume(channel: StoredChannel): Promise<StoredChannel> {
    return this.open(channel, {});
  }

  async change({ number, id }: StoredChannel, choice: MessageChoiceInput): Promise<StoredChannel> {
    const columns = toColumns(choice);
    await this.db
      .updateTable('message_channel')
      .set({ ...columns, next_at: nextSending(columns.timing, this.clock) })
      .where('number', '=', number)
      .execute();
    return (await this.find(id))!;
  }

  /** Ends a channel: its address is deleted, and what waits is dropped. */
  async end({ number }: StoredChannel): Promise<void> {
    await this.db
      .updateTable('message_channel')
      .set({ state: 'ENDED', address: '', sealed: null, name: null, code: null })
      .where('number', '=', number)
      .execute();
    await this.drop(number);
  }

  private async open(
    { number, id, timing }: StoredChannel,
    more: { readonly code?: null; readonly code_until?: null },
  ): Promise<StoredChannel> {
    await this.db
      .updateTable('message_channel')
      .set({ ...more, state: 'ACTIVE', failure: null, failures: 0, next_at: nextSending(timing, this.clock) })
      .where('number', '=', number)
      .execute();
    return (await this.find(id))!;
  }

  private async drop(channel: string): Promise<void> {
    await this.db
      .updateTable('message')
      .set({ state: 'DROPPED', sealed: null, settled_at: new Date(this.clock.now) })
      .where('channel', '=', channel)
      .where('state', '=', 'WAITING')
      .execute();
  }

  private async post(channel: string, kind: 'CODE' | 'TRIAL', sealed: string | null): Promise<void> {
    await this.db
      .insertInto('message')
      .values({ ...{ channel, kind, sealed, batch: null }, state: 'WAITING', at: new Date(this.clock.now) })
      .execute();
  }

  private select() {
    return this.db
      .selectFrom('message_channel as channel')
      .selectAll('channel')
      .select((eb) =>
        eb
          .selectFrom('message')
          .select(sql<number>`count(*)::int`.as('waiting'))
          .whereRef('message.channel', '=', 'channel.number')
          .where('message.state', '=', 'WAITING')
          .as('waiting'),
      )
      .where('channel.state', '<>', 'ENDED');
  }
}

type Row = Awaited<ReturnType<ReturnType<MessageChannelStore['select']>['executeTakeFirstOrThrow']>>;

const toChannel = ({ code_until, code_tries, sent_at, language, state, waiting, ...row }: Row): StoredChannel => ({
  ...row,
  codeUntil: code_until,
  codeTries: code_tries,
  sentAt: sent_at,
  language: language === 'zh' ? 'ZH' : 'EN',
  state: state as keyof typeof MessageChannelStates,
  waiting: waiting ?? 0,
});

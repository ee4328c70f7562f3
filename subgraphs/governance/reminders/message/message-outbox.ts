import { sql } from 'kysely';
import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import type { Language } from '../../../../shared/kernel/index.js';
import { inTransaction } from '../../core/index.js';
import { isActiveDepartment } from '../../register/index.js';
import type { NoticeKind } from '../notice/recipients.rule.js';
import { reminderTables, type ReminderDatabase } from '../tables.js';
import type { ToldNotice } from './compose-message.rule.js';
import { nextSending, type MessageClock } from './message-channel.store.js';
import type { MessageChannelKind, MessageFailure, MessageTiming } from './message-channel.type.js';
import { findReadable } from './plan-messages.js';

/** When something that could not be sent is tried again. */
export interface RetryPolicy {
  /** Pause after the first failure, doubled after each further one, milliseconds. */
  readonly firstMs: number;
  /** Longest pause. */
  readonly mostMs: number;
  /** Failures in a row after which the channel is stopped, and its owner told. */
  readonly limit: number;
}
/** A channel that one worker sends to. */
export interface ClaimedChannel {
  readonly number: string;
  readonly id: string;
  readonly department: string;
  readonly officer: string | null;
  readonly kind: MessageChannelKind;
  readonly address: string;
  readonly sealed: string | null;
  readonly kinds: readonly NoticeKind[];
  readonly timing: MessageTiming;
  readonly language: Language;
  readonly failures: number;
}
/** A message that waits. */
export interface WaitingMessage {
  readonly number: string;
  readonly kind: 'NOTICE' | 'CODE' | 'TRIAL';
  readonly sealed: string | null;
  readonly batch: string | null;
  /** Absent for a code or a trial. */
  readonly notice?: ToldNotice;
}

/** Longest time in which one worker keeps a channel, milliseconds. A worker that dies leaves it to another after that. */
const LEASE_MS = 300_000;
/** Least time between two sendings to one channel, milliseconds: what comes meanwhile waits, and becomes one where it is much. */
const PAUSE_MS = 60_000;
/** Most messages that are read at once. */
const MOST = 500;

/** The outbox in the database. */
export class MessageOutbox {
  private readonly db: ReminderDatabase;

  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: MessageClock,
    private readonly retry: RetryPolicy,
  ) {
    this.db = reminderTables(pool);
  }

  /** Takes a channel that has something to send now, for this worker alone. */
  async claim(): Promise<ClaimedChannel | undefined> {
    const now = new Date(this.clock.now);
    return this.db
      .updateTable('message_channel')
      .set({ lease_until: new Date(this.clock.now + LEASE_MS) })
      .where('number', '=', (eb) =>
        eb
          .selectFrom('message_channel as due')
          .select('due.number')
          .where('due.next_at', '<=', now)
          .where((where) => where.or([where('due.lease_until', 'is', null), where('due.lease_until', '<=', now)]))
          .where((where) =>
            where.exists(
              where
                .selectFrom('message')
                .select('message.number')
                .whereRef('message.channel', '=', 'due.number')
                .where('message.state', '=', 'WAITING')
                .where((each) =>
                  each.or([
                    each('due.state', '=', 'ACTIVE'),
                    each.and([each('due.state', '=', 'UNCONFIRMED'), each('message.kind', '=', 'CODE')]),
                  ]),
                ),
            ),
          )
          .orderBy('due.next_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning([
        'number',
        'id',
        'department',
        'officer',
        'kind',
        'address',
        'sealed',
        'kinds',
        'timing',
        'language',
        'failures',
      ])
      .executeTakeFirst();
  }

  /** Reads what waits and may still be told. What may not (the officer has left, the notice is for others by now, the kind is
   *  not wanted any more, the task is done) is dropped. */
  async readWaiting(channel: ClaimedChannel): Promise<WaitingMessage[]> {
    const readable = await this.findReadable(channel);
    await this.db
      .updateTable('message')
      .set({ state: 'DROPPED', sealed: null, settled_at: new Date(this.clock.now) })
      .where('channel', '=', channel.number)
      .where('state', '=', 'WAITING')
      .where((eb) =>
        readable
          ? eb.and([
              eb('kind', '=', 'NOTICE'),
              eb.not(
                eb(
                  'notice',
                  'in',
                  readable
                    .select('notice.number')
                    .where('notice.closed_at', 'is', null)
                    .where('notice.kind', 'in', channel.kinds),
                ),
              ),
            ])
          : sql<boolean>`true`,
      )
      .execute();
    const rows = await this.db
      .selectFrom('message')
      .leftJoin('notice', 'notice.number', 'message.notice')
      .select(['message.number', 'message.kind', 'message.sealed', 'message.batch'])
      .select(['notice.text', 'notice.text_en', 'notice.object'])
      .where('message.channel', '=', channel.number)
      .where('message.state', '=', 'WAITING')
      .orderBy('message.number')
      .limit(MOST)
      .execute();
    return rows.map(({ text, text_en, object, ...message }) => ({
      ...message,
      ...(text !== null &&
        object !== null && { notice: { text: channel.language === 'en' ? (text_en ?? text) : text, object } }),
    }));
  }

  private async findReadable({ department, officer }: ClaimedChannel) {
    if (officer !== null) return findReadable(this.pool, { department, officer });
    const isActive = await this.db
      .selectFrom('message_channel')
      .select('number')
      .where('department', '=', department)
      .where((eb) => isActiveDepartment(eb.ref('department')))
      .limit(1)
      .executeTakeFirst();
    return isActive && findReadable(this.pool, { department, officer });
  }

  /** Fixes which messages are sent as one, before they are. */
  async fixBatch(numbers: readonly string[], batch: string): Promise<void> {
    await this.db.updateTable('message').set({ batch }).where('number', 'in', numbers).execute();
  }

  async markSent(numbers: readonly string[]): Promise<void> {
    await this.db
      .updateTable('message')
      .set({ state: 'SENT', sealed: null, settled_at: new Date(this.clock.now) })
      .where('number', 'in', numbers)
      .where('state', '=', 'WAITING')
      .execute();
  }

  /** Gives a channel free after everything was sent. */
  async release({ number, timing }: ClaimedChannel, hasSent: boolean): Promise<void> {
    const { now } = this.clock;
    const next = timing === 'DAILY' ? nextSending(timing, this.clock) : new Date(now + PAUSE_MS);
    await this.db
      .updateTable('message_channel')
      .set({ lease_until: null, ...(hasSent && { failure: null, failures: 0, sent_at: new Date(now), next_at: next }) })
      .where('number', '=', number)
      .execute();
  }

  /** Notes that a message was not taken: it is tried again later; or the channel is stopped, which its owner is told. */
  async noteFailure(channel: ClaimedChannel, failure: MessageFailure, store: RecordStore): Promise<void> {
    const { firstMs, mostMs, limit } = this.retry;
    if (channel.failures + 1 >= limit || failure === 'GONE') return this.stop(channel, failure, store);
    const pause = Math.min(mostMs, firstMs * 2 ** Math.min(channel.failures, 30));
    await this.db
      .updateTable('message_channel')
      .set({ failure, lease_until: null, next_at: new Date(this.clock.now + pause) })
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('number', '=', channel.number)
      .execute();
  }

  /** @source the act is told to the officer, or to the department's daily posts, in the inbox */
  private stop({ number, id, department, kind }: ClaimedChannel, failure: MessageFailure, store: RecordStore) {
    const at = new Date(this.clock.now);
    return inTransaction(this.pool, async (client, onCommit) => {
      const connection = connectionOf(client);
      const chain = await holdActs(store, connection);
      const db = reminderTables(client);
      const stopped = await db
        .updateTable('message_channel')
        .set({ state: 'STOPPED', failure, lease_until: null })
        .where('number', '=', number)
        .where('state', 'in', ['ACTIVE', 'UNCONFIRMED'])
        .returning('number')
        .executeTakeFirst();
      if (!stopped) return;
      await db
        .updateTable('message')
        .set({ state: 'GIVEN_UP', sealed: null, settled_at: at })
        .where('channel', '=', number)
        .where('state', '=', 'WAITING')
        .execute();
      onCommit(
        await recordActs(store, connection, chain, [
          {
            ...{ time: at.toISOString(), act: 'STOP_MESSAGES', object: `message-channel/${id}` },
            ...{ concerns: [department], basis: [], terms: { kind, failure } },
          },
        ]),
      );
    });
  }
}

import { sql, type UpdateObject } from 'kysely';
import { HubError } from '../../../../shared/kernel/index.js';
import { epochMs } from '../../../../shared/database/index.js';
import type { SubscriptionDatabase, SubscriptionTables } from '../tables.js';
import { KEPT_ATTEMPTS } from './delivery-log.js';
import type { DeliveryFailure } from './delivery.js';
import type { StreamName } from './stream-name.js';
import { selectSubscriptions, toSubscription, type Subscription } from './subscription.js';
import type { TargetKind } from './target.rule.js';
import { say } from '../messages/index.js';

export interface NewSubscription {
  readonly department: string;
  readonly kind: TargetKind;
  readonly target: string;
  /** Encrypted for the worker. */
  readonly secret: string | null;
  /** Position behind which it begins. */
  readonly after: number;
  readonly createdBy: string;
}

/** A stored attempt to deliver. */
export interface StoredAttempt {
  /** Of the attempt, in the order of all. */
  readonly number: string;
  /** Of the delivery: the same for each attempt at it. */
  readonly id: string;
  readonly at: Date;
  /** It holds the entries behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  readonly records: number;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** Null when it was accepted. */
  readonly error: DeliveryFailure | null;
}

export interface ListPage {
  /** Most rows. */
  readonly limit: number;
  /** Cursor: the id of a subscription, or the number of an attempt. */
  readonly after?: string | null | undefined;
}

/** Most subscriptions of one department to one stream. */
export const MAX_SUBSCRIPTIONS = 10;

type Change = UpdateObject<SubscriptionTables, 'evidence.subscription'>;
const now = sql<Date>`now()`;

/** Subscriptions to one stream, as those who subscribe see and change them. */
export class SubscriptionStore {
  constructor(
    private readonly db: SubscriptionDatabase,
    private readonly stream: StreamName,
  ) {}

  /** @param department  only subscriptions of this department; of all where absent
   *  @throws HubError BAD_USER_INPUT when the cursor is none of this list */
  async list(department: string | undefined, { limit, after }: ListPage): Promise<Subscription[]> {
    let subscriptions = selectSubscriptions(this.db).where('subscription.stream', '=', this.stream);
    if (department !== undefined) subscriptions = subscriptions.where('subscription.department', '=', department);
    if (after != null)
      subscriptions = subscriptions.where(
        (eb) => sql<boolean>`${eb.ref('subscription.number')} > ${readNumber(/^U-(\d{1,10})$/, after)}::bigint`,
      );
    const rows = await subscriptions.orderBy('subscription.number').limit(limit).execute();
    return rows.map(toSubscription);
  }

  async find(id: string): Promise<Subscription | undefined> {
    const row = await selectSubscriptions(this.db)
      .where('subscription.id', '=', id)
      .where('subscription.stream', '=', this.stream)
      .executeTakeFirst();
    return row && toSubscription(row);
  }

  /** The newest attempts first.
   *  @throws HubError BAD_USER_INPUT when the cursor is none of this list */
  async listAttempts({ number }: Subscription, { limit, after }: ListPage): Promise<StoredAttempt[]> {
    let attempts = this.db
      .selectFrom('evidence.delivery as attempt')
      .where('attempt.subscription', '=', number)
      .where('attempt.number', 'in', (eb) =>
        eb
          .selectFrom('evidence.delivery as kept')
          .select('kept.number')
          .where('kept.subscription', '=', number)
          .orderBy('kept.number', 'desc')
          .limit(KEPT_ATTEMPTS),
      );
    if (after != null) attempts = attempts.where('attempt.number', '<', String(readNumber(/^(\d+)$/, after)));
    const rows = await attempts
      .select((eb) => [
        'attempt.number',
        'attempt.id',
        epochMs(eb.ref('attempt.at')).as('at'),
        'attempt.from_position',
        'attempt.to_position',
        'attempt.records',
        'attempt.status',
        'attempt.milliseconds',
        'attempt.error',
      ])
      .orderBy('attempt.number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ at, from_position, to_position, ...same }) => ({
      ...same,
      number: String(same.number),
      at: new Date(at),
      from: Number(from_position),
      to: Number(to_position),
    }));
  }

  /** Newest position of the evidence. */
  async readNewestPosition(): Promise<number> {
    const { position } = await this.db.selectFrom('evidence.ledger').select('position').executeTakeFirstOrThrow();
    return Number(position);
  }

  async add({ after, createdBy, ...subscription }: NewSubscription): Promise<Subscription> {
    const { id } = await this.db
      .insertInto('evidence.subscription')
      .values({
        ...subscription,
        position: after,
        delivered_to: after,
        created_by: createdBy,
        stream: this.stream,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return (await this.find(id))!;
  }

  pause(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, { state: 'paused', since: now });
  }

  /** Continues at once where it stopped. */
  resume(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, { state: 'active', since: now, reason: null, failures: 0, retry_at: null });
  }

  disable(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, { state: 'disabled', since: now, reason: 'OPERATOR' });
  }

  /** Begins again behind a position. A delivery in progress moves no cursor any more. */
  moveTo(subscription: Subscription, after: number): Promise<Subscription> {
    return this.change(subscription, {
      position: after,
      delivered_to: after,
      pending_from: null,
      pending_to: null,
      pending_id: null,
    });
  }

  /** Ends it for good; its secret is deleted. */
  async end({ number }: Subscription): Promise<void> {
    await this.update(number, { ended_at: now, secret: null });
  }

  private async change({ number, id }: Subscription, change: Change): Promise<Subscription> {
    await this.update(number, change);
    return (await this.find(id))!;
  }

  private async update(number: number, change: Change): Promise<void> {
    await this.db.updateTable('evidence.subscription').set(change).where('number', '=', number).execute();
  }
}

function readNumber(form: RegExp, cursor: string): number {
  const number = Number(form.exec(cursor)?.[1]);
  if (Number.isSafeInteger(number)) return number;
  throw new HubError('BAD_USER_INPUT', say('cursor.other'));
}

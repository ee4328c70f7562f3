import { sql, type ExpressionBuilder, type SqlBool, type UpdateObject } from 'kysely';
import { isActiveDepartment } from '../../register/index.js';
import type { SubscriptionDatabase, SubscriptionTables } from '../tables.js';
import type { DeliveryFailure, DeliveryOutcome } from './delivery.js';
import { selectSubscriptions, toSubscription, type PendingDelivery, type Subscription } from './subscription.js';

/** When a failed delivery is tried again. */
export interface RetryPolicy {
  /** Pause after the first failure, doubled after each further one, milliseconds. */
  readonly firstMs: number;
  /** Longest pause. */
  readonly mostMs: number;
  /** Failures in a row from which on a subscription counts as failing. */
  readonly failing: number;
}
export interface Attempt extends DeliveryOutcome {
  readonly at: Date;
  readonly milliseconds: number;
  readonly records: number;
}

/** Attempts of each subscription that are kept. */
export const KEPT_ATTEMPTS = 100;

type Tables = SubscriptionTables & { subscription: SubscriptionTables['evidence.subscription'] };
type Builder = ExpressionBuilder<Tables, 'subscription'>;
type Change = UpdateObject<Tables, 'subscription'>;

/** Subscriptions to which something may be delivered: active ones of departments that could still ask for the same
 *  themselves. A department that was suspended, or is no provider any more, receives nothing. */
const isOpen = (eb: Builder) =>
  eb.and([
    eb('subscription.ended_at', 'is', null),
    eb('subscription.state', 'in', ['active', 'failing']),
    eb.or([
      eb.and([eb('subscription.stream', '=', 'acts'), isActiveDepartment(eb.ref('subscription.department'))]),
      isActiveDepartment(eb.ref('subscription.department'), 'provider'),
    ]),
  ]);

const isRetryDue = (eb: Builder) =>
  eb.or([eb('subscription.retry_at', 'is', null), sql<SqlBool>`${eb.ref('subscription.retry_at')} <= now()`]);

/** Progress of each subscription in the database. Each step is one statement that changes nothing when another worker has
 *  taken it already or the department has moved the cursor meanwhile. */
export class DeliveryLog {
  constructor(
    private readonly db: SubscriptionDatabase,
    private readonly retry: RetryPolicy,
  ) {}

  /** Numbers of the subscriptions that have something to deliver now. */
  async findDue(): Promise<number[]> {
    const rows = await this.db
      .selectFrom('evidence.subscription as subscription')
      .innerJoin('evidence.ledger as ledger', (join) => join.onTrue())
      .select('subscription.number')
      .where((eb) => isOpen(eb))
      .where((eb) => isRetryDue(eb))
      .where((eb) =>
        eb.or([
          eb('subscription.pending_id', 'is not', null),
          eb('subscription.position', '<', eb.ref('ledger.position')),
        ]),
      )
      .orderBy('subscription.number')
      .execute();
    return rows.map(({ number }) => number);
  }

  /** @returns undefined when nothing may be delivered to it now */
  async findOpen(number: number): Promise<Subscription | undefined> {
    const row = await selectSubscriptions(this.db)
      .where('subscription.number', '=', number)
      .where((eb) => isOpen(eb))
      .where((eb) => isRetryDue(eb))
      .executeTakeFirst();
    return row && toSubscription(row);
  }

  /** Moves a cursor past records that do not concern its department.
   *  @returns false when the cursor was moved meanwhile */
  async skipTo({ number, position }: Subscription, to: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('evidence.subscription as subscription')
      .set({ position: to })
      .where('subscription.number', '=', number)
      .where('subscription.position', '=', String(position))
      .where('subscription.pending_id', 'is', null)
      .where((eb) => isOpen(eb))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Fixes the content of a delivery before it is sent.
   *  @returns undefined when another worker has done so, or it must not be delivered any more */
  async fixDelivery({ number, position }: Subscription, id: string, to: number): Promise<PendingDelivery | undefined> {
    const row = await this.db
      .updateTable('evidence.subscription as subscription')
      .set((eb) => ({ pending_from: eb.ref('subscription.delivered_to'), pending_to: to, pending_id: id }))
      .where('subscription.number', '=', number)
      .where('subscription.position', '=', String(position))
      .where('subscription.pending_id', 'is', null)
      .where((eb) => isOpen(eb))
      .returning('subscription.pending_from as from')
      .executeTakeFirst();
    return row && { id, from: Number(row.from), to };
  }

  /** Moves the cursor behind a delivery, or stores why it failed; and adds the attempt to the history.
   *  @returns true when the cursor moved */
  async recordAttempt(
    subscription: Subscription,
    { id, from, to }: PendingDelivery,
    attempt: Attempt,
  ): Promise<boolean> {
    const { at, records, status = null, milliseconds, error = null } = attempt;
    const { numUpdatedRows } = await this.db
      .updateTable('evidence.subscription as subscription')
      .set((eb) => this.changeAfter(eb, subscription, error))
      .where('subscription.number', '=', subscription.number)
      .where('subscription.pending_id', '=', id)
      .executeTakeFirst();
    await this.db
      .insertInto('evidence.delivery')
      .values({
        subscription: subscription.number,
        id,
        from_position: from,
        to_position: to,
        at,
        records,
        status,
        milliseconds,
        error,
      })
      .execute();
    await this.db
      .deleteFrom('evidence.delivery')
      .where('number', 'in', (eb) =>
        eb
          .selectFrom('evidence.delivery as kept')
          .select('kept.number')
          .where('kept.subscription', '=', subscription.number)
          .orderBy('kept.number', 'desc')
          .offset(KEPT_ATTEMPTS),
      )
      .execute();
    return numUpdatedRows === 1n && error === null;
  }

  /** Stores why no delivery could be prepared. */
  async recordStall(subscription: Subscription, error: DeliveryFailure): Promise<void> {
    await this.db
      .updateTable('evidence.subscription as subscription')
      .set((eb) => this.changeAfter(eb, subscription, error))
      .where('subscription.number', '=', subscription.number)
      .where('subscription.position', '=', String(subscription.position))
      .execute();
  }

  private changeAfter(eb: Builder, { failures }: Subscription, error: DeliveryFailure | null): Change {
    if (error === null) return afterDelivery(eb);
    if (error === 'GONE') return afterRefusalForGood(eb, error);
    const { firstMs, mostMs, failing } = this.retry;
    const ms = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 30)) * (0.5 + Math.random() / 2);
    return afterFailure(eb, error, ms, failing);
  }
}

const isIn = (eb: Builder, state: Subscription['state']) => eb('subscription.state', '=', state);
const now = sql<Date>`now()`;

const afterDelivery = (eb: Builder): Change => ({
  position: eb.ref('subscription.pending_to').$notNull(),
  delivered_to: eb.ref('subscription.pending_to').$notNull(),
  pending_from: null,
  pending_to: null,
  pending_id: null,
  failures: 0,
  retry_at: null,
  reason: eb.case().when(isIn(eb, 'disabled')).then(eb.ref('subscription.reason')).else(null).end(),
  since: eb.case().when(isIn(eb, 'failing')).then(now).else(eb.ref('subscription.since')).end(),
  state: eb
    .case()
    .when(isIn(eb, 'failing'))
    .then(sql<'active'>`'active'`)
    .else(eb.ref('subscription.state'))
    .end(),
});

/** @param ms       pause before the next attempt
 *  @param failing  failures in a row from which on it counts as failing */
function afterFailure(eb: Builder, error: DeliveryFailure, ms: number, failing: number): Change {
  const begins = eb.and([isIn(eb, 'active'), eb(eb('subscription.failures', '+', 1), '>=', failing)]);
  return {
    failures: eb('subscription.failures', '+', 1),
    retry_at: sql<Date>`now() + ${ms}::float8 * interval '1 millisecond'`,
    reason: eb.case().when(isIn(eb, 'disabled')).then(eb.ref('subscription.reason')).else(error).end(),
    since: eb.case().when(begins).then(now).else(eb.ref('subscription.since')).end(),
    state: eb
      .case()
      .when(begins)
      .then(sql<'failing'>`'failing'`)
      .else(eb.ref('subscription.state'))
      .end(),
  };
}

const afterRefusalForGood = (eb: Builder, error: DeliveryFailure): Change => ({
  failures: eb('subscription.failures', '+', 1),
  retry_at: null,
  reason: eb.case().when(isIn(eb, 'disabled')).then(eb.ref('subscription.reason')).else(error).end(),
  since: eb.case().when(isIn(eb, 'disabled')).then(eb.ref('subscription.since')).else(now).end(),
  state: 'disabled',
});

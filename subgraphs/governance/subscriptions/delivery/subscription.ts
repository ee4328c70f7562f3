import { sql } from 'kysely';
import { epochMs } from '../../../../shared/database/index.js';
import type { SubscriptionDatabase } from '../tables.js';
import type { DeliveryFailure } from './delivery.js';
import type { StreamName } from './stream-name.js';
import type { SubscriptionState } from './subscription-state.js';
import type { TargetKind } from './target.rule.js';

/** A department's subscription to a stream of evidence that concerns it. */
export interface Subscription {
  readonly number: number;
  readonly id: string;
  /** Department code. */
  readonly department: string;
  readonly stream: StreamName;
  readonly kind: TargetKind;
  /** URL, or name of a folder. */
  readonly target: string;
  /** Encrypted for the worker. */
  readonly secret: string | null;
  /** Every record up to it has been examined. */
  readonly position: number;
  /** Position at which the newest delivery ended and the next one begins. */
  readonly deliveredTo: number;
  readonly pending: PendingDelivery | null;
  readonly state: SubscriptionState;
  /** Reason of the last failure, or of its being disabled. */
  readonly reason: DeliveryFailure | null;
  /** When it entered its state. */
  readonly since: Date;
  /** Failed attempts in a row. */
  readonly failures: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Number of records that it has not examined yet. */
  readonly lag: number;
}

/** A delivery whose content was fixed before it was first sent. */
export interface PendingDelivery {
  readonly id: string;
  /** It holds the entries at positions behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
}

/** Selects subscriptions that have not been ended, as `subscription`. */
export const selectSubscriptions = (db: SubscriptionDatabase) =>
  db
    .selectFrom('evidence.subscription as subscription')
    .select([
      'subscription.number',
      'subscription.id',
      'subscription.department',
      'subscription.stream',
      'subscription.kind',
      'subscription.target',
      'subscription.secret',
      'subscription.position',
      'subscription.delivered_to',
      'subscription.pending_from',
      'subscription.pending_to',
      'subscription.pending_id',
      'subscription.state',
      'subscription.reason',
      'subscription.failures',
      'subscription.created_by',
    ])
    .select((eb) => [
      epochMs(eb.ref('subscription.since')).as('since'),
      epochMs(eb.ref('subscription.created_at')).as('created_at'),
      sql<string>`greatest(0, ${eb.selectFrom('evidence.ledger').select('evidence.ledger.position')} -
                              ${eb.ref('subscription.position')})`.as('lag'),
    ])
    .where('subscription.ended_at', 'is', null);

type SubscriptionRow = Awaited<ReturnType<ReturnType<typeof selectSubscriptions>['executeTakeFirstOrThrow']>>;

export function toSubscription(row: SubscriptionRow): Subscription {
  const { position, delivered_to, pending_id, pending_from, pending_to, since, created_by, created_at, lag, ...same } =
    row;
  return {
    ...same,
    since: new Date(since),
    position: Number(position),
    deliveredTo: Number(delivered_to),
    pending: pending_id === null ? null : { id: pending_id, from: Number(pending_from), to: Number(pending_to) },
    createdBy: created_by,
    createdAt: new Date(created_at),
    lag: Number(lag),
  };
}

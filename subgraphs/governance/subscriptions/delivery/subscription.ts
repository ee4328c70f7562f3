import type { StreamName } from './stream.js';
import type { TargetKind } from './target.rule.js';

export type SubscriptionState = 'active' | 'paused' | 'failing' | 'disabled';

/** A department's standing wish to be told of what concerns it. */
export interface Subscription {
  readonly number: number;
  readonly id: string;
  /** Department code. */
  readonly department: string;
  readonly stream: StreamName;
  readonly kind: TargetKind;
  /** URL, or name of a folder. */
  readonly target: string;
  /** Enveloped. */
  readonly secret: string | null;
  /** Every record up to it has been looked at. */
  readonly position: number;
  /** Where the newest delivery ended, and so the next one begins. */
  readonly deliveredTo: number;
  readonly pending: PendingDelivery | null;
  readonly state: SubscriptionState;
  /** Code of what went wrong last. */
  readonly reason: string | null;
  /** Since when it has been in its state. */
  readonly since: Date;
  /** Attempts that failed in a row. */
  readonly failures: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Records that it has not looked at yet. */
  readonly lag: number;
}

/** A delivery as it was fixed before it was first sent. */
export interface PendingDelivery {
  readonly id: string;
  /** It holds what is at positions behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
}

/** Reads subscriptions; goes before a `where`, an `order by`, or nothing. */
export const SELECT_SUBSCRIPTION = `
  select number, id, department, stream, kind, target, secret, position, delivered_to, pending_from, pending_to, pending_id, state,
         reason, since, failures, created_by, created_at,
         greatest(0, (select ledger.position from evidence.ledger) - position) as lag
    from evidence.subscription`;

/** Whether it has not been ended. */
export const LIVE = 'ended_at is null';

/** As either of the drivers gives it. */
export interface SubscriptionRow {
  readonly number: number;
  readonly id: string;
  readonly department: string;
  readonly stream: StreamName;
  readonly kind: TargetKind;
  readonly target: string;
  readonly secret: string | null;
  readonly position: string;
  readonly delivered_to: string;
  readonly pending_from: string | null;
  readonly pending_to: string | null;
  readonly pending_id: string | null;
  readonly state: SubscriptionState;
  readonly reason: string | null;
  readonly since: Date | string;
  readonly failures: number;
  readonly created_by: string;
  readonly created_at: Date | string;
  readonly lag: string;
}

export function subscriptionOf(row: SubscriptionRow): Subscription {
  const { number, id, department, stream, kind, target, secret, state, reason, failures } = row;
  return {
    ...{ number, id, department, stream, kind, target, secret, state, reason, failures },
    since: new Date(row.since),
    position: Number(row.position),
    deliveredTo: Number(row.delivered_to),
    pending:
      row.pending_id === null
        ? null
        : { id: row.pending_id, from: Number(row.pending_from), to: Number(row.pending_to) },
    createdBy: row.created_by,
    createdAt: new Date(row.created_at),
    lag: Number(row.lag),
  };
}

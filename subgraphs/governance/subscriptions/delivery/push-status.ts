import type { SubscriptionDatabase } from '../tables.js';
import { selectSubscriptions, toSubscription, type Subscription } from './subscription.js';

/** A subscription's state, for the operator's metrics. */
export type PushStatus = Pick<Subscription, 'id' | 'department' | 'state' | 'since' | 'reason' | 'lag'>;

/** The status of every subscription that has not been ended. */
export async function readPushStatus(db: SubscriptionDatabase): Promise<PushStatus[]> {
  const rows = await selectSubscriptions(db).orderBy('subscription.number').execute();
  return rows.map((row) => {
    const { id, department, state, since, reason, lag } = toSubscription(row);
    return { id, department, state, since, reason, lag };
  });
}

import type pg from 'pg';
import {
  LIVE,
  SELECT_SUBSCRIPTION,
  subscriptionOf,
  type SubscriptionRow,
  type SubscriptionState,
} from './subscription.js';

/** How a subscription stands, for the operator's metrics. */
export interface PushStatus {
  readonly id: string;
  readonly department: string;
  readonly state: SubscriptionState;
  readonly since: Date;
  /** Code of what went wrong last. */
  readonly reason: string | null;
  /** Records of evidence that it has not come past yet, whether or not they concern it. */
  readonly lag: number;
}

/** Every subscription that has not been ended. */
export async function pushStatus(pool: pg.Pool): Promise<PushStatus[]> {
  const { rows } = await pool.query<SubscriptionRow>(`${SELECT_SUBSCRIPTION} where ${LIVE} order by number`);
  return rows.map(subscriptionOf).map(({ id, department, state, since, reason, lag }) => ({
    ...{ id, department, state, since, reason, lag },
  }));
}

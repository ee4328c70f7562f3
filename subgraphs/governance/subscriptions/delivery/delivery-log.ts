import type pg from 'pg';
import type { Outcome, OutcomeError } from './outcome.js';
import { LIVE, SELECT_SUBSCRIPTION, subscriptionOf } from './subscription.js';
import type { PendingDelivery, Subscription, SubscriptionRow } from './subscription.js';

/** How failures are taken. */
export interface Patience {
  /** Pause after the first failure, doubled after each further one, milliseconds. */
  readonly firstMs: number;
  /** Longest pause. */
  readonly mostMs: number;
  /** Failures in a row from which on a subscription is said to be failing. */
  readonly failing: number;
}
export interface Attempt extends Outcome {
  readonly at: Date;
  readonly milliseconds: number;
  readonly records: number;
}

/** Attempts of which the history tells. */
export const KEPT_ATTEMPTS = 100;
/** Those to which something is delivered: what a department may no longer ask for it is not sent either. */
const OPEN = `${LIVE} and state in ('active', 'failing') and exists (
  select from department where code = subscription.department and not suspended and (stream = 'acts' or roles ? 'provider'))`;

/** How far each subscription is, in the database. Each step is one statement that changes nothing when somebody else has
 *  taken it, or the department has moved the cursor meanwhile. */
export class DeliveryLog {
  constructor(
    private readonly pool: pg.Pool,
    private readonly patience: Patience,
  ) {}

  /** Numbers of the subscriptions for which there is something to do now. */
  async due(): Promise<number[]> {
    const { rows } = await this.pool.query<{ number: number }>(
      `select number from evidence.subscription, evidence.ledger
        where ${OPEN} and (pending_id is not null or subscription.position < ledger.position)
          and (retry_at is null or retry_at <= now())
        order by number`,
    );
    return rows.map(({ number }) => number);
  }

  /** A subscription to which something may be delivered now. */
  async open(number: number): Promise<Subscription | undefined> {
    const { rows } = await this.pool.query<SubscriptionRow>(
      `${SELECT_SUBSCRIPTION} where number = $1 and ${OPEN} and (retry_at is null or retry_at <= now())`,
      [number],
    );
    return rows[0] && subscriptionOf(rows[0]);
  }

  /** Moves a cursor past records that do not concern its department.
   *  @returns whether it was where it was thought to be */
  async pass({ number, position }: Subscription, to: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update evidence.subscription set position = $3
        where number = $1 and position = $2 and pending_id is null and ${OPEN}`,
      [number, position, to],
    );
    return rowCount === 1;
  }

  /** Fixes what will be delivered, before it is.
   *  @returns undefined when somebody else has, or it must not be delivered any more */
  async fix({ number, position }: Subscription, id: string, to: number): Promise<PendingDelivery | undefined> {
    const { rows } = await this.pool.query<{ from: string }>(
      `update evidence.subscription set pending_from = delivered_to, pending_to = $4, pending_id = $3
        where number = $1 and position = $2 and pending_id is null and ${OPEN} returning pending_from as from`,
      [number, position, id, to],
    );
    return rows[0] && { id, from: Number(rows[0].from), to };
  }

  /** Moves the cursor behind what was delivered, or notes why it was not; and writes the attempt into the history.
   *  @returns whether the cursor moved */
  async note(subscription: Subscription, { id, from, to }: PendingDelivery, attempt: Attempt): Promise<boolean> {
    const { at, records, status = null, milliseconds, error = null } = attempt;
    const { change, values } = this.changeAfter(subscription, error);
    const { rowCount } = await this.pool.query(
      `update evidence.subscription set ${change} where number = $1 and pending_id = $2`,
      [subscription.number, id, ...values],
    );
    await this.pool.query(
      `with attempt as (
         insert into evidence.delivery (subscription, id, from_position, to_position, at, records, status, milliseconds, error)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9))
       delete from evidence.delivery where number in (
         select number from evidence.delivery where subscription = $1 order by number desc offset ${KEPT_ATTEMPTS - 1})`,
      [subscription.number, id, from, to, at, records, status, milliseconds, error],
    );
    return rowCount === 1 && error === null;
  }

  /** Notes why nothing could be made ready. */
  async stall(subscription: Subscription, error: OutcomeError): Promise<void> {
    const { change, values } = this.changeAfter(subscription, error);
    await this.pool.query(`update evidence.subscription set ${change} where number = $1 and position = $2`, [
      ...[subscription.number, subscription.position, ...values],
    ]);
  }

  private changeAfter({ failures }: Subscription, error: Attempt['error'] | null): Change {
    if (error === null || error === undefined) return { change: DELIVERED, values: [] };
    if (error === 'GONE') return { change: DISABLED, values: [error] };
    const { firstMs, mostMs, failing } = this.patience;
    const ms = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 30)) * (0.5 + Math.random() / 2);
    return { change: FAILED, values: [error, ms, failing] };
  }
}

interface Change {
  readonly change: string;
  readonly values: readonly (string | number)[];
}

const DELIVERED = `
  position = pending_to, delivered_to = pending_to, pending_from = null, pending_to = null, pending_id = null,
  failures = 0, retry_at = null, reason = case when state = 'disabled' then reason end,
  since = case when state = 'failing' then now() else since end,
  state = case when state = 'failing' then 'active' else state end`;

const FAILED = `
  failures = failures + 1, retry_at = now() + $4::float8 * interval '1 millisecond',
  reason = case when state = 'disabled' then reason else $3 end,
  since = case when state = 'active' and failures + 1 >= $5 then now() else since end,
  state = case when state = 'active' and failures + 1 >= $5 then 'failing' else state end`;

const DISABLED = `
  failures = failures + 1, retry_at = null, reason = case when state = 'disabled' then reason else $3 end,
  since = case when state = 'disabled' then since else now() end, state = 'disabled'`;

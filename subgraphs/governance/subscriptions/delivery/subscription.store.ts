import type { Query } from '../../../../shared/evidence/store/index.js';
import { KEPT_ATTEMPTS } from './delivery-log.js';
import { LIVE, SELECT_SUBSCRIPTION, subscriptionOf, type Subscription, type SubscriptionRow } from './subscription.js';
import type { StreamName } from './stream.js';
import type { TargetKind } from './target.rule.js';

export interface NewSubscription {
  readonly department: string;
  readonly kind: TargetKind;
  readonly target: string;
  /** Enveloped. */
  readonly secret: string | null;
  /** Position behind which it begins. */
  readonly after: number;
  readonly createdBy: string;
}

/** One attempt to deliver. */
export interface AttemptMade {
  /** The same for each attempt at one delivery. */
  readonly id: string;
  readonly at: Date;
  /** It holds what is behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  readonly records: number;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** Stable code; null when it was taken. */
  readonly error: string | null;
}

/** Most subscriptions of one department to one stream. */
export const MOST_SUBSCRIPTIONS = 10;
/** Most subscriptions that one answer lists. */
const MOST_LISTED = 500;

/** Rows of `evidence.subscription` to one stream, as those who subscribe see and change them. */
export class SubscriptionStore {
  constructor(
    private readonly query: Query,
    private readonly stream: StreamName,
  ) {}

  /** @param department  code of one department; every one's where absent */
  async list(department: string | undefined): Promise<Subscription[]> {
    const rows = await this.query(
      `${SELECT_SUBSCRIPTION} where ${LIVE} and stream = $2 and ($1::text is null or department = $1)
        order by number limit ${MOST_LISTED}`,
      [department ?? null, this.stream],
    );
    return rows.map(toSubscription);
  }

  async find(id: string): Promise<Subscription | undefined> {
    const [row] = await this.query(`${SELECT_SUBSCRIPTION} where id = $1 and stream = $2 and ${LIVE}`, [
      id,
      this.stream,
    ]);
    return row && toSubscription(row);
  }

  /** The newest attempts first. */
  async deliveries({ number }: Subscription): Promise<AttemptMade[]> {
    const rows = await this.query(
      `select id, at, from_position as "from", to_position as "to", records, status, milliseconds, error
         from evidence.delivery where subscription = $1 order by number desc limit ${KEPT_ATTEMPTS}`,
      [number],
    );
    return rows.map(
      ({ at, from, to, ...row }) =>
        ({ ...row, at: new Date(at as string), from: Number(from), to: Number(to) }) as AttemptMade,
    );
  }

  async newestPosition(): Promise<number> {
    return Number((await this.query('select position from evidence.ledger'))[0]!['position']);
  }

  async add({ department, kind, target, secret, after, createdBy }: NewSubscription): Promise<Subscription> {
    const [row] = await this.query(
      `insert into evidence.subscription (department, kind, target, secret, position, delivered_to, created_by, stream)
       values ($1, $2, $3, $4, $5, $5, $6, $7) returning id`,
      [department, kind, target, secret, after, createdBy, this.stream],
    );
    return (await this.find(String(row!['id'])))!;
  }

  async pause(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, `state = 'paused', since = now()`);
  }

  /** Goes on where it stopped, at once. */
  async resume(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, `state = 'active', since = now(), reason = null, failures = 0, retry_at = null`);
  }

  async disable(subscription: Subscription): Promise<Subscription> {
    return this.change(subscription, `state = 'disabled', since = now(), reason = 'OPERATOR'`);
  }

  /** Begins again behind a position. What is being delivered meanwhile moves no cursor any more. */
  async moveTo(subscription: Subscription, after: number): Promise<Subscription> {
    return this.change(
      subscription,
      `position = $2, delivered_to = $2, pending_from = null, pending_to = null, pending_id = null`,
      [after],
    );
  }

  /** For good; its secret is forgotten. */
  async end({ number }: Subscription): Promise<void> {
    await this.query(`update evidence.subscription set ended_at = now(), secret = null where number = $1`, [number]);
  }

  private async change({ number, id }: Subscription, change: string, values: unknown[] = []): Promise<Subscription> {
    await this.query(`update evidence.subscription set ${change} where number = $1`, [number, ...values]);
    return (await this.find(id))!;
  }
}

const toSubscription = (row: Record<string, unknown>): Subscription =>
  subscriptionOf(row as unknown as SubscriptionRow);

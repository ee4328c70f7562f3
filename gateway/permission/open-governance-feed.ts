import pg from 'pg';
import type { Logger } from 'pino';
import { HubError } from '../../shared/kernel/index.js';
import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { say } from '../request/messages/index.js';

export interface FeedOptions {
  /** The governance database. */
  readonly url: string;
  /** Longest time a decision may rest on a view that the database has not confirmed, ms. */
  readonly leaseMs: number;
  readonly channel: string;
  /** Reads the version alone. */
  readonly versionSql: string;
  /** Reads the whole read model, or the changes since `previous`. */
  readonly read: (query: Query, previous?: GovernanceSnapshot) => Promise<GovernanceSnapshot>;
  readonly logger: Logger;
}
export type Query = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Follows governance over PostgreSQL LISTEN/NOTIFY, and queries the version several times a lease, so that a lost
 *  connection or notice is noticed within the lease. After it every caller waits for a confirmation and is refused when
 *  none comes (fail closed).
 *  @throws HubError DATABASE_UNAVAILABLE when the first view cannot be read */
export async function openGovernanceFeed(options: FeedOptions): Promise<GovernanceFeed & { confirm(): Promise<void> }> {
  const feed = new PostgresFeed(options);
  try {
    await feed.confirm();
  } catch (cause) {
    await feed.close();
    throw new HubError(
      'DATABASE_UNAVAILABLE',
      'The governance database could not be read, so nothing can be decided. Start the hub once with `npm start`, or correct GOVERNANCE_DATABASE_URL.',
      {},
      { cause },
    );
  }
  feed.scheduleConfirm();
  return feed;
}

class PostgresFeed implements GovernanceFeed {
  private snapshot?: GovernanceSnapshot;
  private readonly listeners = new Set<() => void>();
  /** Time at which the newest successful version query was sent, `performance.now()`. */
  private confirmedAt = -Infinity;
  /** True while a change newer than the snapshot is known to exist. */
  private outdated = false;
  /** Number of notices received. A notice that arrives during a query may be newer than its result. */
  private notices = 0;
  private connecting?: Promise<pg.Client>;
  private confirming?: Promise<void>;
  private queued?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private closed = false;
  /** True once the loss of the database has been logged. */
  private reported = false;

  constructor(private readonly options: FeedOptions) {}

  fresh(): GovernanceSnapshot | undefined {
    return !this.outdated && performance.now() - this.confirmedAt <= this.options.leaseMs ? this.snapshot : undefined;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async current(): Promise<GovernanceSnapshot> {
    const fresh = this.fresh();
    if (fresh) return fresh;
    const stale = new HubError('GRANTS_STALE', say('caller.grantsStale'));
    await withTimeout(this.confirm(), this.options.leaseMs).catch((cause: unknown) => {
      this.report(cause);
      throw stale;
    });
    // Newer than this call, even when a still newer notice has come meanwhile.
    if (!this.snapshot) throw stale;
    return this.snapshot;
  }

  /** Queries the version and reads newer changes. The query is sent after the call, so every change committed before the
   *  call is included. */
  confirm(): Promise<void> {
    if (!this.confirming) return this.start();
    // The failure of the query before this one belongs to its own callers.
    this.queued ??= this.confirming
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        // A query that somebody else has started in between was started after this call.
        return this.confirming ?? this.start();
      });
    return this.queued;
  }

  private start(): Promise<void> {
    this.confirming = this.ask().finally(() => (this.confirming = undefined));
    return this.confirming;
  }

  scheduleConfirm(): void {
    this.timer = setTimeout(() => {
      void this.confirm()
        .catch((cause: unknown) => this.report(cause))
        .finally(() => !this.closed && this.scheduleConfirm());
    }, this.options.leaseMs / 4);
    this.timer.unref();
  }

  /** Says once that the database is away, however often it is asked meanwhile. */
  private report(err: unknown): void {
    if (!this.reported) this.options.logger.warn({ err }, 'the grants cannot be confirmed; trying again');
    this.reported = true;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    // Closing: whatever fails now, nobody decides by this feed any more.
    const client = await this.connecting?.catch(() => undefined);
    await client?.end().catch(() => undefined);
    await this.confirming?.catch(() => undefined);
  }

  private async ask(): Promise<void> {
    const client = await this.connection();
    const query: Query = async (sql, values) =>
      (await client.query<Record<string, unknown>>(sql, values as unknown[])).rows;
    const [askedAt, noticed, before] = [performance.now(), this.notices, this.snapshot];
    try {
      // A connection that hangs is found within a lease; only the reading of a large model may take longer.
      const head: pg.QueryConfig & { query_timeout: number } = {
        text: this.options.versionSql,
        query_timeout: this.patience,
      };
      const [row] = (await client.query<Record<string, unknown>>(head)).rows;
      const version = Number(row?.['version']);
      if (!this.snapshot || version !== this.snapshot.version) {
        this.outdated = true;
        this.snapshot = await this.options.read(query, this.snapshot);
      }
      if (this.notices === noticed) this.outdated = false;
      this.confirmedAt = askedAt;
      if (this.snapshot !== before) for (const listener of this.listeners) listener();
      if (this.reported) this.options.logger.warn('the grants are confirmed again');
      this.reported = false;
    } catch (error) {
      this.drop(client);
      throw error;
    }
  }

  /** Longest time without a reply from the connection, ms. The first read may take longer: nobody is waiting for it. */
  private get patience(): number {
    return this.snapshot ? this.options.leaseMs : Math.max(this.options.leaseMs, 10_000);
  }

  private connection(): Promise<pg.Client> {
    if (this.closed) return Promise.reject(new Error('the feed is closed'));
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.options.url,
      connectionTimeoutMillis: this.patience,
      query_timeout: Math.max(this.options.leaseMs, 10_000),
      keepAlive: true,
      application_name: 'sharehub-gateway',
    });
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    client.on('notification', () => {
      this.notices++;
      this.outdated = true;
      // `outdated` stays true on failure, so no decision rests on the old view, and the next beat reports it.
      void this.confirm().catch(() => undefined);
    });
    await client.connect();
    await client.query(`LISTEN ${this.options.channel}`);
    return client;
  }

  private drop(client: pg.Client): void {
    void this.connecting?.then(
      (current) => {
        if (current === client) this.connecting = undefined;
      },
      () => undefined,
    );
    // The connection is broken already.
    void client.end().catch(() => undefined);
  }
}

async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

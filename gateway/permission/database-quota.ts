import type pg from 'pg';
import type { Logger } from 'pino';
import { openBoundedPool } from '../../shared/database/open-bounded-pool.js';
import type { QuotaLedger } from './quota-ledger.js';

export interface DatabaseQuotaOptions {
  /** The governance database. */
  readonly url: string;
  /** IANA name of the zone in which a day begins. */
  readonly timeZone: string;
  readonly logger: Logger;
}

/** Longest wait for the database, milliseconds. What has a quota is refused after it. */
const PATIENCE_MS = 2_000;

/** One row for each grant holds the newest day and its uses. Every change is one statement that is durable when it returns,
 *  and that checks the limit itself, so that two gateways never take the same use and a killed one holds none. A day that
 *  lies before the row's counts as the row's: a clock that is set back gives nothing back. */
const TODAY = (zone: string) => `(now() at time zone ${zone})::date`;
const USED = `select grant_id, used from quota_use where grant_id = any ($1) and day >= ${TODAY('$2')}`;
const TAKE = `
  insert into quota_use as known (grant_id, day, used)
  select $1::text, ${TODAY('$4')}, $2::int where $2::int <= $3::int
  on conflict (grant_id) do update set
    day = greatest(known.day, excluded.day),
    used = excluded.used + case when known.day < excluded.day then 0 else known.used end
  where excluded.used + case when known.day < excluded.day then 0 else known.used end <= $3::int
  returning day::text`;
const GIVE_BACK = 'update quota_use set used = used - $2 where grant_id = $1 and day = $3::date';

/** The ledger of quotas in the governance database, which all gateways share. */
export class DatabaseQuota implements QuotaLedger {
  private readonly pool: pg.Pool;
  /** True once a failure has been logged, until a statement succeeds. */
  private reported = false;

  constructor(private readonly options: DatabaseQuotaOptions) {
    this.pool = openBoundedPool(options.url, { name: 'sharehub-gateway-quota', patienceMs: PATIENCE_MS });
  }

  async used(grants: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map(grants.map((grant) => [grant, 0]));
    const rows = await this.run<{ grant_id: string; used: number }>(USED, [grants, this.options.timeZone]);
    for (const { grant_id, used } of rows) found.set(grant_id, used);
    return found;
  }

  async take(grant: string, uses: number, limit: number): Promise<string | undefined> {
    const [row] = await this.run<{ day: string }>(TAKE, [grant, uses, limit, this.options.timeZone]);
    return row?.day;
  }

  async giveBack(grant: string, uses: number, day: string): Promise<void> {
    await this.run(GIVE_BACK, [grant, uses, day]);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async run<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    try {
      const { rows } = await this.pool.query<Row>(sql, values);
      this.reported = false;
      return rows;
    } catch (err) {
      if (!this.reported)
        this.options.logger.warn({ err }, 'quotas cannot be counted, so what has one is refused; trying again');
      this.reported = true;
      throw err;
    }
  }
}

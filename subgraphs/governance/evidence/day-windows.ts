import { sql, type Expression, type SqlBool } from 'kysely';
import { recordMonths } from '../../../shared/evidence/store/index.js';
import type { EvidenceDatabase } from './tables.js';

/** A period in which, by the daily counts, there are enough matching uses. Instants are ISO 8601 or what PostgreSQL reads
 *  as one. */
export interface DayWindow {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly until: string;
  /** Partitions that hold records of the period, YYYY-MM-DD. A record's partition says nothing certain of its time, so each
   *  is asked; planning a statement over all of them would take longer than running it. */
  readonly months: readonly string[];
  /** First and last day, where the period spans several: matching uses are rare then, and the counts tell where they
   *  are. */
  readonly days?: readonly [string, string];
}
export interface DayWindowRequest {
  /** Conditions on `evidence.daily`. */
  readonly conditions: readonly Expression<SqlBool>[];
  readonly from?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly timeZone: string;
  /** Returns how many uses are still wanted; called before each window. */
  readonly countWanted: () => number;
}

/** Yields periods of whole days, newest first, each with as many uses as are wanted according to the daily counts. A page
 *  of rare uses thus reads no day without any, and a page of common ones reads a single day. */
export async function* dayWindows(db: EvidenceDatabase, request: DayWindowRequest): AsyncGenerator<DayWindow> {
  const { timeZone } = request;
  const bounds = await readBounds(db, request);
  if (!bounds) return;
  const { newest, oldest } = bounds;
  let [high, span, until, more] = [newest, 1, request.until?.toISOString() ?? 'infinity', 1];
  while (high >= oldest) {
    const low = laterOf(shiftDay(high, 1 - span), oldest);
    const days = await readCountedDays(db, request.conditions, low, high);
    let [sum, first] = [0, 0];
    for (const [i, { day, requests }] of days.entries()) {
      sum += requests;
      if (sum < request.countWanted() * more && i < days.length - 1) continue;
      const newestDay = days[first]!.day;
      const from = await readDayStart(db, day, timeZone);
      const months = await readMonthsWith(db, from, until);
      yield { from, until, months, ...(newestDay !== day && { days: [day, newestDay] }) };
      [sum, first, until, more] = [0, i + 1, from, more * 2];
    }
    [high, span] = [shiftDay(low, -1), span * 6];
  }
}

/** @returns undefined while nothing has been counted */
async function readBounds(
  db: EvidenceDatabase,
  { from, until, timeZone }: DayWindowRequest,
): Promise<{ readonly newest: string; readonly oldest: string } | undefined> {
  const localDay = (instant: string) => sql`(${instant}::timestamptz at time zone ${timeZone})::date`;
  const { newest, oldest } = await db
    .selectFrom('evidence.daily')
    .select((eb) => [
      sql<string | null>`
        case when max(${eb.ref('day')}) is not null
          then least(max(${eb.ref('day')}), ${localDay(until?.toISOString() ?? 'infinity')}) end::text`.as('newest'),
      sql<string | null>`
        case when min(${eb.ref('day')}) is not null
          then greatest(min(${eb.ref('day')}), ${localDay(from?.toISOString() ?? '-infinity')}) end::text`.as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  return newest === null || oldest === null ? undefined : { newest, oldest };
}

const readCountedDays = (
  db: EvidenceDatabase,
  conditions: readonly Expression<SqlBool>[],
  low: string,
  high: string,
): Promise<{ day: string; requests: number }[]> =>
  db
    .selectFrom('evidence.daily')
    .select((eb) => [
      sql<string>`${eb.ref('evidence.daily.day')}::text`.as('day'),
      sql<number>`sum(${eb.ref('requests')})::float8`.as('requests'),
    ])
    .where((eb) => eb.and([...conditions]))
    .where((eb) => sql<SqlBool>`${eb.ref('evidence.daily.day')} between ${low}::date and ${high}::date`)
    .groupBy('evidence.daily.day')
    .orderBy('evidence.daily.day', 'desc')
    .execute();

async function readMonthsWith(db: EvidenceDatabase, from: string, until: string): Promise<string[]> {
  const rows = await db
    .with(
      (cte) => cte('part').materialized(),
      () => recordMonths,
    )
    .selectFrom('part')
    .crossJoinLateral((eb) =>
      eb
        .selectFrom('evidence.record as record')
        .select('record.position')
        .whereRef('record.month', '=', 'part.month')
        .where('record.at', '>=', sql<string>`${from}::timestamptz`)
        .where('record.at', '<', sql<string>`${until}::timestamptz`)
        .limit(1)
        .as('held'),
    )
    .select((eb) => sql<string>`${eb.ref('part.month')}::text`.as('month'))
    .execute();
  return rows.map(({ month }) => month);
}

async function readDayStart(db: EvidenceDatabase, day: string, timeZone: string): Promise<string> {
  const { at } = await db
    .selectNoFrom(
      sql<string>`to_char(${day}::date::timestamp at time zone ${timeZone} at time zone 'UTC',
                          'YYYY-MM-DD"T"HH24:MI:SS"Z"')`.as('at'),
    )
    .executeTakeFirstOrThrow();
  return at;
}

const DAY = 86_400_000;
const shiftDay = (day: string, by: number): string => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
const laterOf = (a: string, b: string): string => (a > b ? a : b);

import type { Query } from '../../../shared/evidence/store/store-connection.js';
import type { Conditions } from './conditions.js';

/** A stretch of time in which enough of what is wanted is said to be; ISO 8601 instants or what PostgreSQL takes for one. */
export interface Window {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly until: string;
  /** The partitions that hold something of it, YYYY-MM-DD. A record's partition says nothing certain of its time, so each
   *  is asked; to plan a statement over all of them would take longer than to run it. */
  readonly months: readonly string[];
  /** First and last day, where it goes over several: what is wanted is rare then, and the counts tell where it is. */
  readonly days?: readonly [string, string];
}
export interface WindowRequest {
  /** Of `evidence.daily`. */
  readonly conditions: Conditions;
  readonly from?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly timeZone: string;
  /** How many are still wanted, asked before each window. */
  readonly wanted: () => number;
}

/** Stretches of days, newest first, each of which holds as many uses as are wanted, by the counts of each day. So a page
 *  of whatever is rare reads no day on which there is none, and a page of what is common reads one day. */
export async function* dayWindows(query: Query, request: WindowRequest): AsyncGenerator<Window> {
  const { timeZone } = request;
  const [ends] = await query(
    `select least(kept.newest, ($1::timestamptz at time zone $3)::date) as newest,
            greatest(kept.oldest, ($2::timestamptz at time zone $3)::date) as oldest
       from (select max(day) as newest, min(day) as oldest from evidence.daily) kept
      where kept.newest is not null`,
    [request.until ?? 'infinity', request.from ?? '-infinity', timeZone].map(instant),
  );
  const [newest, oldest] = [ends?.['newest'], ends?.['oldest']].map((day) => (day == null ? undefined : dayOf(day)));
  if (newest === undefined || oldest === undefined) return;
  let [high, span, until, more] = [newest, 1, request.until?.toISOString() ?? 'infinity', 1];
  while (high >= oldest) {
    const low = later(shifted(high, 1 - span), oldest);
    const days = await countedDays(query, request.conditions, low, high);
    let [sum, first] = [0, 0];
    for (const [i, { day, requests }] of days.entries()) {
      sum += requests;
      if (sum < request.wanted() * more && i < days.length - 1) continue;
      const newestDay = days[first]!.day;
      const from = await startOf(query, day, timeZone);
      const months = await monthsWith(query, from, until);
      yield { from, until, months, ...(newestDay !== day && { days: [day, newestDay] }) };
      [sum, first, until, more] = [0, i + 1, from, more * 2];
    }
    [high, span] = [shifted(low, -1), span * 6];
  }
}

async function countedDays(query: Query, conditions: Conditions, low: string, high: string) {
  const within = conditions.copy().add('day between ?::date and ?::date', low, high);
  const rows = await query(
    `select day::text as day, sum(requests)::float8 as requests from evidence.daily where ${within.text}
      group by evidence.daily.day order by evidence.daily.day desc`,
    within.values,
  );
  return rows.map(({ day, requests }) => ({ day: String(day), requests: Number(requests) }));
}

async function monthsWith(query: Query, from: string, until: string): Promise<string[]> {
  const rows = await query(
    `with part as materialized (
       select to_date(substr(relname, 8), 'YYYY_MM') as month
         from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = 'evidence.record'::regclass)
     select part.month::text as month
       from part cross join lateral (
         select from evidence.record where record.month = part.month and at >= $1::timestamptz and at < $2::timestamptz
          limit 1) held`,
    [from, until],
  );
  return rows.map(({ month }) => String(month));
}

async function startOf(query: Query, day: string, timeZone: string): Promise<string> {
  const [row] = await query(
    `select to_char($1::date::timestamp at time zone $2 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`,
    [day, timeZone],
  );
  return String(row!['at']);
}

const instant = (value: Date | string): string => (value instanceof Date ? value.toISOString() : value);
const DAY = 86_400_000;
const dayOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value)).slice(0, 10);
const shifted = (day: string, by: number): string => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
const later = (a: string, b: string): string => (a > b ? a : b);

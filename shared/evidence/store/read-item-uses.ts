import { sql, type Kysely } from 'kysely';
import type { EvidenceTables } from './evidence-tables.js';

/** Uses of one item by one department under one scenario. */
export interface ItemUses {
  readonly coordinate: string;
  readonly department: string;
  /** '' where the operations named none. */
  readonly scenario: string;
  readonly requests: number;
  /** Local day, YYYY-MM-DD. */
  readonly lastUse: string;
}
export interface RecordedUses {
  /** First day that is counted, or on which anything was recorded; undefined where nothing was. */
  readonly since: string | undefined;
  /** The items of which uses are recorded: those of some graph. Of others nothing is known. */
  readonly known: ReadonlySet<string>;
  readonly uses: readonly ItemUses[];
  /** SHA-256 of operations that asked for an item, the newest first, by coordinate. */
  readonly operations: ReadonlyMap<string, readonly string[]>;
}

/** Sets of items, and newest records of each, in which operations are looked for. */
const MOST_SETS = 500;
const MOST_RECORDS = 20;
const MOST_OPERATIONS = 20;

/** Who asked for items since a day, whatever came of it: an operation that names an item fails when the item is gone.
 *  @param provider  only its items: of another department's nobody learns here who uses them
 *  @param since     YYYY-MM-DD, inclusive
 *  @source QZ-8.4f */
export async function readItemUses(
  db: Kysely<EvidenceTables>,
  coordinates: readonly string[],
  provider: string,
  since: string,
): Promise<RecordedUses> {
  const items = [...new Set(coordinates)];
  const touched = sql`select distinct items, coordinate from evidence.item_use
    where coordinate = any(${items}::text[]) and provider = ${provider}`;
  const { rows: uses } = await sql<ItemUses>`
    select touched.coordinate, daily.department, daily.scenario, sum(daily.requests)::float8 as requests,
           max(daily.day)::text as "lastUse"
    from (${touched}) touched join evidence.daily daily on daily.items = touched.items
    where daily.day >= ${since}::date and daily.outcome <> 'introspected'
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  const { rows: operations } = await sql<{ coordinate: string; operation: string }>`
    select touched.coordinate, used.operation
    from (${touched} limit ${sql.lit(MOST_SETS)}) touched cross join lateral (
      select substring(line from '"operation":"([0-9a-f]{64})"') as operation, at from evidence.record record
      where record.items = touched.items and record.at >= ${since}::date
      order by record.at desc limit ${sql.lit(MOST_RECORDS)}) used
    where used.operation is not null group by 1, 2 order by 1, max(used.at) desc`.execute(db);
  const { rows: known } = await sql<{ coordinate: string }>`
    select distinct coordinate from evidence.graph_item
    where coordinate = any(${items}::text[]) and provider = ${provider}`.execute(db);
  const { rows: first } = await sql<{ day: string | null }>`
    select case when count(*) > 0 then greatest(min(day), ${since}::date)::text end as day from evidence.daily`.execute(
    db,
  );
  return {
    since: first[0]?.day ?? undefined,
    known: new Set(known.map(({ coordinate }) => coordinate)),
    uses,
    operations: new Map(
      [...Map.groupBy(operations, ({ coordinate }) => coordinate)].map(([coordinate, found]) => [
        coordinate,
        found.slice(0, MOST_OPERATIONS).map(({ operation }) => operation),
      ]),
    ),
  };
}

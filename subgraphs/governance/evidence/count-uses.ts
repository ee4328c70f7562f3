import { sql, type Expression, type SqlBool } from 'kysely';
import type { Outcome } from '../../../shared/evidence/index.js';
import type { FigureFilter } from './figure.js';
import type { EvidenceDatabase } from './tables.js';
import { isAnyOf, visibleUseConditions } from './use-criteria.js';
import type { UseVisibility } from './use-visibility.js';

export interface CountOptions {
  /** Columns of `evidence.daily` that are counted apart. */
  readonly by: readonly ('day' | 'department' | 'scenario')[];
  /** The uses that are counted. */
  readonly filter: FigureFilter;
  readonly visibility: UseVisibility;
  /** Only operations in which the named item was given. */
  readonly released?: boolean;
  /** Most uses first; by the columns counted apart otherwise. */
  readonly mostFirst?: boolean;
  /** Most lines. */
  readonly limit: number;
}
/** Looking at the schema is no use of data. */
type CountedOutcome = Exclude<Outcome, 'introspected'>;

/** One line of counts. */
export interface UseCount extends Record<CountedOutcome, number> {
  readonly day: string | null;
  /** Null where the operations name none, or it is not counted apart. */
  readonly department: string | null;
  readonly scenario: string | null;
  readonly requests: number;
  /** Null where the reader may see only a part of some of the operations. */
  readonly rows: number | null;
  readonly subjects: number | null;
}

/** Counts uses from the daily counts. */
export async function countUses(db: EvidenceDatabase, options: CountOptions): Promise<UseCount[]> {
  const { by, filter, visibility, limit } = options;
  const visible = await visibleUseConditions(db, filter, visibility, options.released ? { given: true } : {});
  const seenInPart = await isSeenInPart(db, visibility);
  const [from, until] = [filter.from ?? null, filter.until ?? null];
  const sum = (column: Expression<unknown>) => sql<number>`sum(${column})::float8`;
  const given = (column: 'day' | 'department' | 'scenario', expression: Expression<unknown>) =>
    by.includes(column) ? sql<string | null>`${expression}` : sql<string | null>`null`;
  let counts = db
    .selectFrom('evidence.daily as daily')
    .where((eb) => eb.and([...visible]))
    .where(
      (eb) =>
        sql<SqlBool>`${eb.ref('daily.day')} >= coalesce(${from}::date, coalesce(${until}::date, current_date) - 365)`,
    );
  if (filter.outcome == null) counts = counts.where('daily.outcome', '<>', 'introspected');
  if (until !== null) counts = counts.where('daily.day', '<=', sql<string>`${until}::date`);
  const selected = counts
    .select((eb) => {
      const requestsWith = (outcome: CountedOutcome) =>
        sql<number>`coalesce(sum(${eb.ref('daily.requests')}) filter (where ${eb.ref('daily.outcome')} = ${outcome}), 0)::float8`;
      return [
        given('day', sql`${eb.ref('daily.day')}::text`).as('day'),
        given('department', eb.fn('nullif', ['daily.department', sql.lit('')])).as('department'),
        given('scenario', eb.fn('nullif', ['daily.scenario', sql.lit('')])).as('scenario'),
        sum(eb.ref('daily.requests')).as('requests'),
        requestsWith('answered').as('answered'),
        requestsWith('partial').as('partial'),
        requestsWith('refused').as('refused'),
        requestsWith('failed').as('failed'),
        sum(eb.ref('daily.rows')).as('rows'),
        sum(eb.ref('daily.subjects')).as('subjects'),
        sql<boolean>`coalesce(bool_or(${seenInPart}), false)`.as('in_part'),
      ];
    })
    .groupBy(by.map((column) => `daily.${column}` as const));
  const sorted = by.reduce(
    (query, column) => query.orderBy(`daily.${column}`),
    options.mostFirst ? selected.orderBy('requests', 'desc') : selected,
  );
  const rows = await sorted.limit(limit).execute();
  return rows.map(({ in_part: inPart, ...count }) => (inPart ? { ...count, rows: null, subjects: null } : count));
}

/** Condition on `evidence.daily as daily` for operations of which the reader may see only a part: others' that touched
 *  items of further providers as well. Their total of rows would tell of these items. */
async function isSeenInPart(
  db: EvidenceDatabase,
  { all, provider, consumer }: UseVisibility,
): Promise<Expression<SqlBool>> {
  if (all || provider === undefined) return sql<SqlBool>`false`;
  const mixed = await db
    .selectFrom('evidence.item_use')
    .select('items')
    .groupBy('items')
    .having((eb) => sql<SqlBool>`bool_or(${eb.ref('provider')} = ${provider})`)
    .having((eb) => sql<SqlBool>`bool_or(${eb.ref('provider')} <> ${provider})`)
    .execute();
  const isMixed = isAnyOf(
    sql.ref('daily.items'),
    mixed.map(({ items }) => items),
  );
  return consumer === undefined ? isMixed : sql<SqlBool>`${isMixed} and ${sql.ref('daily.department')} <> ${consumer}`;
}

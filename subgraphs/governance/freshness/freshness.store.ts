import { sql } from 'kysely';
import { freshnessState } from '../../../shared/kernel/index.js';
import { anyOf, type Database, type FreshnessState } from '../core/index.js';
import type { UpdateExceptionTerms } from './freshness.rule.js';
import { freshnessTables } from './tables.js';

/** Everything that is stored of a resource's freshness. */
export interface StoredFreshness {
  readonly code: string;
  readonly name: string;
  readonly provider: string;
  readonly cycle: string | null;
  readonly pushed_at: Date | null;
  readonly generated_at: Date | null;
  readonly measured_at: Date | null;
  readonly last_update: Date | null;
  readonly evidence: 'SEEN' | 'PUSHED' | 'MEASURED' | null;
  readonly lag: number | null;
  readonly due: string | null;
  readonly due_at: Date | null;
  readonly provisional: boolean;
  readonly escalation: string | null;
  readonly escalation_at: Date | null;
  readonly clauses: readonly string[];
  readonly flags: readonly { readonly code: string; readonly clauses: readonly string[] }[];
}

/** What is stored, by code. */
export async function readFreshness(
  database: Database,
  codes?: readonly string[],
): Promise<ReadonlyMap<string, StoredFreshness>> {
  let query = freshnessTables(database)
    .selectFrom('resource_freshness')
    .select([
      'code',
      'name',
      'provider',
      'cycle',
      'pushed_at',
      'generated_at',
      'measured_at',
      'last_update',
      'evidence',
    ])
    .select(['lag', 'due', 'due_at', 'provisional', 'escalation', 'escalation_at', 'clauses', 'flags']);
  if (codes) query = query.where('code', '=', anyOf(codes));
  return new Map((await query.execute()).map((row) => [row.code, row as StoredFreshness]));
}

/** Rows in one statement: PostgreSQL takes at most 65,535 parameters. */
const BATCH = 1_000;

/** Stores what was judged anew. */
export async function writeFreshness(database: Database, rows: readonly StoredFreshness[], at: Date): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH)
    await freshnessTables(database)
      .insertInto('resource_freshness')
      .values(
        rows.slice(from, from + BATCH).map(({ clauses, flags, ...row }) => ({
          ...row,
          clauses: JSON.stringify(clauses),
          flags: JSON.stringify(flags),
          flagged: flags.length > 0,
          judged_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .column('code')
          .doUpdateSet((eb) => Object.fromEntries(JUDGED.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute();
}

/** Columns that a judgement writes; what was reported or measured has its own writers. */
const JUDGED = [
  ...(['name', 'provider', 'cycle', 'last_update', 'evidence', 'lag', 'due', 'due_at', 'provisional'] as const),
  ...(['escalation', 'escalation_at', 'clauses', 'flags', 'flagged', 'judged_at'] as const),
];

/** Removes resources that are no longer published. */
export async function removeOthers(database: Database, codes: readonly string[]): Promise<void> {
  await freshnessTables(database)
    .deleteFrom('resource_freshness')
    .where(sql<boolean>`code <> all(${[...codes]}::text[])`)
    .execute();
}

/** Notes an update, or data that is not here yet, that the provider reports. */
export async function writeReport(
  database: Database,
  code: string,
  column: 'pushed_at' | 'generated_at' | 'measured_at',
  at: Date,
): Promise<void> {
  await freshnessTables(database)
    .updateTable('resource_freshness')
    .set(
      column === 'pushed_at'
        ? { pushed_at: at }
        : column === 'generated_at'
          ? { generated_at: at }
          : { measured_at: at },
    )
    .where('code', '=', code)
    .execute();
}

/** Exceptions in force, by code. */
export async function readExceptions(database: Database): Promise<ReadonlyMap<string, UpdateExceptionTerms>> {
  const rows = await freshnessTables(database)
    .selectFrom('update_exception')
    .select(['code', 'kind', 'cycle'])
    .where('state', '=', 'IN_FORCE')
    .execute();
  return new Map(
    rows.map(({ code, kind, cycle }) => [code, kind === 'INTERVAL' ? { kind, cycle: cycle ?? 'IRREGULAR' } : { kind }]),
  );
}

/** Codes of the resources in a state; the same as the graph says of each. */
export async function findCodesByFreshness(database: Database, state: FreshnessState, now: number): Promise<string[]> {
  const rows = await freshnessTables(database)
    .selectFrom('resource_freshness')
    .select(['code', 'last_update', 'due_at', 'provisional'])
    .execute();
  return rows
    .filter(
      ({ last_update, due_at, provisional }) =>
        freshnessState({ lastUpdate: last_update, dueAt: due_at, provisional }, now) === state,
    )
    .map(({ code }) => code);
}

export interface FreshnessCounts {
  readonly department: string;
  readonly resources: number;
  readonly fresh: number;
  readonly late: number;
  readonly unknown: number;
  readonly flagged: number;
}

/** Numbers of each provider's resources by their state.
 *  @param provider  this one alone, where given */
export async function countFreshness(database: Database, now: Date, provider?: string): Promise<FreshnessCounts[]> {
  const late = sql<boolean>`(due_at is not null and due_at <= ${now.toISOString()}::timestamptz and not provisional)`;
  let query = freshnessTables(database)
    .selectFrom('resource_freshness')
    .groupBy('provider')
    .orderBy('provider')
    .select([
      'provider as department',
      sql<number>`count(*)::int`.as('resources'),
      sql<number>`count(*) filter (where last_update is not null and not coalesce(${late}, false))::int`.as('fresh'),
      sql<number>`count(*) filter (where ${late})::int`.as('late'),
      sql<number>`count(*) filter (where last_update is null and not coalesce(${late}, false))::int`.as('unknown'),
      sql<number>`count(*) filter (where flagged)::int`.as('flagged'),
    ]);
  if (provider !== undefined) query = query.where('provider', '=', provider);
  return query.execute();
}

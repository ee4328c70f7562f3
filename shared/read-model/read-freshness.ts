import { z } from 'zod';
import { type FreshnessState, freshnessState } from '../kernel/index.js';

/** How current a resource is, as a caller is told beside an answer. */
export interface ResourceFreshness {
  /** Code of the resource in the catalogue. */
  readonly resource: string;
  readonly state: FreshnessState;
  /** ISO 8601 instant; null where nobody knows it. */
  readonly lastUpdate: string | null;
  /** Local date by which it must be updated again; null where there is none. */
  readonly due: string | null;
}

type Query = (sql: string, values: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const ROWS = z.array(
  z.object({
    code: z.string(),
    last_update: z.date().nullable(),
    due: z.string().nullable(),
    due_at: z.date().nullable(),
    provisional: z.boolean(),
  }),
);

/** Reads how current resources are, in the order of the codes given. One of which nothing is stored is unknown.
 *  @param now  milliseconds since the epoch */
export async function readFreshness(query: Query, codes: readonly string[], now: number): Promise<ResourceFreshness[]> {
  const rows = ROWS.parse(
    await query('select code, last_update, due, due_at, provisional from resource_freshness where code = any($1)', [
      codes,
    ]),
  );
  const known = new Map(rows.map((row) => [row.code, row]));
  return codes.map((resource) => {
    const row = known.get(resource);
    if (!row) return { resource, state: 'UNKNOWN', lastUpdate: null, due: null };
    const state = freshnessState({ lastUpdate: row.last_update, dueAt: row.due_at, provisional: row.provisional }, now);
    return { resource, state, lastUpdate: row.last_update?.toISOString() ?? null, due: row.due };
  });
}

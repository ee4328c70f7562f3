import { z } from 'zod';
import type { SnapshotQuery } from './read-snapshot.js';

/** Loads of one resource that have ended, since its first one. */
export interface LoadTotals {
  readonly subgraph: string;
  readonly type: string;
  readonly outcome: 'LOADED' | 'REFUSED' | 'EXPIRED';
  readonly loads: number;
  /** Read from files. */
  readonly rows: number;
  readonly seconds: number;
}

const ROWS = z.array(
  z.object({
    subgraph: z.string(),
    type: z.string(),
    outcome: z.enum(['LOADED', 'REFUSED', 'EXPIRED']),
    loads: z.coerce.number(),
    rows: z.coerce.number(),
    seconds: z.coerce.number(),
  }),
);

/** Sums the loads of all hosted tables by how they ended. */
export const readLoadTotals = async (query: SnapshotQuery): Promise<readonly LoadTotals[]> =>
  ROWS.parse(
    await query(
      `select subgraph, type, state as outcome, count(*) as loads, coalesce(sum(rows_read), 0) as rows,
              coalesce(sum(extract(epoch from ended_at - begun_at)), 0) as seconds
         from load where ended_at is not null group by subgraph, type, state`,
    ),
  );

/** Failures in a row of each pull that fails now. */
export const readFailingPulls = async (
  query: SnapshotQuery,
): Promise<readonly { readonly subgraph: string; readonly type: string; readonly failures: number }[]> =>
  z
    .array(z.object({ subgraph: z.string(), type: z.string(), failures: z.number() }))
    .parse(await query('select subgraph, type, failures from pull where failures > 0'));

import type { Database } from '../core/index.js';
import { loadingTables } from './tables.js';

/** The last time that the hub brought a hosted table up to date. */
export interface LastLoad {
  readonly subgraph: string;
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds from the last change in the source to its being here, where the source tells when it changed. */
  readonly lag: number | null;
}

/** Last loads and pulls of every hosted table. A pull that found nothing changed counts: the table was as its source then. */
export async function findLastLoads(database: Database): Promise<LastLoad[]> {
  const tables = loadingTables(database);
  const loads = await tables
    .selectFrom('load')
    .where('state', '=', 'LOADED')
    .where('ended_at', 'is not', null)
    .groupBy(['subgraph', 'type'])
    .select((eb) => ['subgraph', 'type', eb.fn.max('ended_at').as('at')])
    .execute();
  const pulls = await tables
    .selectFrom('pull')
    .where('checked_at', 'is not', null)
    .select(['subgraph', 'type', 'checked_at', 'loaded_at', 'watermark'])
    .execute();
  const last = new Map<string, LastLoad>();
  for (const { subgraph, type, at } of loads)
    last.set(`${subgraph}.${type}`, { subgraph, type, at: new Date(at!).getTime(), lag: null });
  for (const { subgraph, type, checked_at, loaded_at, watermark } of pulls) {
    const at = Math.max(checked_at!.getTime(), last.get(`${subgraph}.${type}`)?.at ?? 0);
    const lag = loaded_at && watermark != null ? Math.max(0, loaded_at.getTime() - watermark) : null;
    last.set(`${subgraph}.${type}`, { subgraph, type, at, lag });
  }
  return [...last.values()];
}

import { type Kysely, sql } from 'kysely';
import type { ShareType } from '../../kernel/index.js';
import type { EvidenceTables } from './evidence-tables.js';
import { NEWEST_GRAPH } from './newest-graph.js';

/** An item of the graph that came into force last. */
export interface GraphItem {
  readonly coordinate: string;
  readonly provider: string;
  /** Code of its resource; null where the schema names none. */
  readonly resource: string | null;
}

const selectNewestItems = (db: Kysely<EvidenceTables>) =>
  db
    .selectFrom('evidence.graph_item')
    .where('graph', '=', sql<string>`${sql.raw(NEWEST_GRAPH)}`)
    .where('provider', '<>', '');

/** Departments that provide items of the newest graph, in the order of their codes, from the one behind `after`. */
export async function listGraphProviders(
  db: Kysely<EvidenceTables>,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await selectNewestItems(db)
    .select('provider')
    .distinct()
    .where('provider', '>', after)
    .orderBy('provider')
    .limit(limit)
    .execute();
  return rows.map(({ provider }) => provider);
}

/** Items of the newest graph that these departments provide, in the order of their coordinates. */
export async function listGraphItems(db: Kysely<EvidenceTables>, providers: readonly string[]): Promise<GraphItem[]> {
  return selectNewestItems(db)
    .select(['coordinate', 'provider', 'resource'])
    .where('provider', '=', sql<string>`any(${[...providers]}::text[])`)
    .orderBy('coordinate')
    .execute();
}

/** The items among these coordinates that the newest graph has; one that several departments provide, once for each. */
export async function findGraphItems(
  db: Kysely<EvidenceTables>,
  coordinates: readonly string[],
): Promise<(GraphItem & { readonly shareType: ShareType })[]> {
  return selectNewestItems(db)
    .select(['coordinate', 'provider', 'resource', 'share_type as shareType'])
    .where('coordinate', '=', sql<string>`any(${[...coordinates]}::text[])`)
    .orderBy('coordinate')
    .execute();
}

/** Departments that provide these items by the newest graph, in the order of their codes. */
export async function findProvidersOf(db: Kysely<EvidenceTables>, coordinates: readonly string[]): Promise<string[]> {
  const rows = await selectNewestItems(db)
    .select('provider')
    .distinct()
    .where('coordinate', '=', sql<string>`any(${[...coordinates]}::text[])`)
    .orderBy('provider')
    .execute();
  return rows.map(({ provider }) => provider);
}

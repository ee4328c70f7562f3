import { sql, type Kysely, type SqlBool } from 'kysely';
import { VARIANT_PREFIX } from '../graph-record.js';
import type { EvidenceTables } from './evidence-tables.js';

/** Departments that provide each item, by the newest graph; an item that is in no graph is left out. */
export async function readItemProviders(
  db: Kysely<EvidenceTables>,
  coordinates: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (coordinates.length === 0) return new Map();
  const rows = await db
    .selectFrom('evidence.graph_item')
    .select(['coordinate', 'provider'])
    .distinct()
    .where('graph', '=', (eb) =>
      eb
        .selectFrom('evidence.graph')
        .select('version')
        .where('version', 'not like', `${VARIANT_PREFIX}%`)
        .orderBy('evidence.graph.position', 'desc')
        .limit(1),
    )
    .where((eb) => sql<SqlBool>`${eb.ref('coordinate')} = any(${[...new Set(coordinates)]}::text[])`)
    .where('provider', '<>', '')
    .orderBy('provider')
    .execute();
  const providers = new Map<string, string[]>();
  for (const { coordinate, provider } of rows)
    providers.set(coordinate, [...(providers.get(coordinate) ?? []), provider]);
  return providers;
}

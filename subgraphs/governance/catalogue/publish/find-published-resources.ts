import { anyOf, type Database } from '../../core/index.js';
import { isUpdateCycle, type UpdateCycle } from '../checks/vocabulary.rule.js';
import { catalogueTables } from '../tables.js';

/** A data resource whose entry is in force. */
export interface PublishedResource {
  readonly code: string;
  readonly name: string;
  readonly provider: string;
  readonly subgraph: string | null;
  readonly typeName: string | null;
  readonly library: string | null;
  readonly format: string | null;
  /** Absent where the entry states none that there is. */
  readonly cycle: UpdateCycle | undefined;
}

/** Data resources whose entries are published, by code.
 *  @param codes  these alone, where given */
export async function findPublishedResources(
  database: Database,
  codes?: readonly string[],
): Promise<PublishedResource[]> {
  let query = catalogueTables(database)
    .selectFrom('catalogue_resource')
    .select(['code', 'name', 'provider', 'subgraph', 'type_name', 'library', 'format', 'update_cycle'])
    .where('state', '=', 'PUBLISHED')
    .where('superseded_at', 'is', null)
    .where('kind', '=', 'DATA')
    .orderBy('code');
  if (codes) query = query.where('code', '=', anyOf(codes));
  return (await query.execute()).map(
    ({ code, name, provider, subgraph, type_name, library, format, update_cycle }) => ({
      ...{ code, name, provider },
      ...{ subgraph: subgraph ?? null, typeName: type_name ?? null, library: library ?? null, format: format ?? null },
      cycle: update_cycle != null && isUpdateCycle(update_cycle) ? update_cycle : undefined,
    }),
  );
}

import type { Publishers } from '../../../../shared/share/releases/release.js';
import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** Departments for which each subgraph may publish now. */
export async function readPublishers(database: Database): Promise<Publishers> {
  const rows = await registerTables(database)
    .selectFrom('subgraph_publisher')
    .select(['subgraph', 'department'])
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  const permits = Map.groupBy(rows, ({ subgraph }) => subgraph);
  return new Map([...permits].map(([subgraph, given]) => [subgraph, given.map(({ department }) => department)]));
}

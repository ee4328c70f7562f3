import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** True when a subgraph may publish items of a department now. */
export async function isPermitted(database: Database, subgraph: string, department: string): Promise<boolean> {
  const found = await registerTables(database)
    .selectFrom('subgraph_publisher')
    .select('id')
    .where('subgraph', '=', subgraph)
    .where('department', '=', department)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

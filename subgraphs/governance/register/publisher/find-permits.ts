import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** Permits in force to publish for a department, as `permit/P-000001`. */
export async function findPermits(database: Database, department: string): Promise<string[]> {
  const rows = await registerTables(database)
    .selectFrom('subgraph_publisher')
    .select('id')
    .where('department', '=', department)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => `permit/${id}`);
}

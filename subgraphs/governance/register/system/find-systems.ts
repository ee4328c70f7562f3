import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** Names of all registered systems, suspended ones too. */
export async function findSystemNames(database: Database): Promise<string[]> {
  const rows = await registerTables(database)
    .selectFrom('registered_system')
    .select('name')
    .orderBy('client_id')
    .execute();
  return rows.map(({ name }) => name);
}

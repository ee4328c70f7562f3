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

/** True for an active system of a department. */
export async function isSystemOf(database: Database, department: string, clientId: string): Promise<boolean> {
  const found = await registerTables(database)
    .selectFrom('registered_system')
    .select('client_id')
    .where('client_id', '=', clientId)
    .where('department', '=', department)
    .where('suspended', '=', false)
    .executeTakeFirst();
  return found !== undefined;
}

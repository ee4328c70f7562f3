import { anyOf, type Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** True when a person, through any of their accounts, holds a post of a department or has held one since an instant. */
export async function hasServed(
  database: Database,
  accounts: readonly string[],
  department: string,
  since: Date,
): Promise<boolean> {
  const found = await registerTables(database)
    .selectFrom('appointment')
    .select('id')
    .where('officer', '=', anyOf(accounts))
    .where('department', '=', department)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>=', since)]))
    .executeTakeFirst();
  return found !== undefined;
}

import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** Suspends a system on behalf of the hub, in the transaction of its record.
 *  @returns its department; undefined where it is suspended already */
export async function suspendSystemByHub(database: Database, clientId: string): Promise<string | undefined> {
  const suspended = await registerTables(database)
    .updateTable('registered_system')
    .set({ suspended: true })
    .where('client_id', '=', clientId)
    .where('suspended', '=', false)
    .returning('department')
    .executeTakeFirst();
  return suspended?.department;
}

import type { Database, ScenarioUse } from '../core/index.js';
import { grantTables } from './tables.js';

/** Grants to a department that have not ended, suspended ones too, as `grant/G-000001`.
 *  @param now  ms since the epoch */
export async function findGrantsUnder(
  database: Database,
  { department, scenario }: ScenarioUse,
  now: number,
): Promise<string[]> {
  const rows = await grantTables(database)
    .selectFrom('share_grant')
    .select('id')
    .where('department', '=', department)
    .$if(scenario !== undefined, (query) => query.where('scenario', '=', scenario!))
    .where('revoked_at', 'is', null)
    .where('until_at', '>', new Date(now))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => `grant/${id}`);
}

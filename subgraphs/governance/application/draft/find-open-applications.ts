import type { Database, ScenarioUse } from '../../core/index.js';
import { applicationTables } from '../tables.js';

/** Submitted applications of a department that are not closed, as `application/A-000001`. */
export async function findOpenApplications(
  database: Database,
  { department, scenario }: ScenarioUse,
): Promise<string[]> {
  const rows = await applicationTables(database)
    .selectFrom('share_application')
    .select('id')
    .where('department', '=', department)
    .$if(scenario !== undefined, (query) => query.where('scenario', '=', scenario!))
    .where('state', '=', 'SUBMITTED')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => `application/${id}`);
}

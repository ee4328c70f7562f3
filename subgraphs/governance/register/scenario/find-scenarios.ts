import { anyOf, type Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** A scenario of a department. */
export interface ScenarioRow {
  readonly department: string;
  readonly code: string;
  readonly name: string;
  readonly purpose: string;
  /** It has ended: nobody asks or applies under it any more. */
  readonly ended: boolean;
}

/** Scenarios of the departments, in the order of department and code; those that have ended too. */
export async function findScenarios(database: Database, departments: readonly string[]): Promise<ScenarioRow[]> {
  const rows = await registerTables(database)
    .selectFrom('scenario')
    .select(['department', 'code', 'name', 'purpose', 'ended_at'])
    .where('department', '=', anyOf(departments))
    .orderBy('department')
    .orderBy('code')
    .execute();
  return rows.map(({ ended_at, ...scenario }) => ({ ...scenario, ended: ended_at != null }));
}

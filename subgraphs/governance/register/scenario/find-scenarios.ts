import { anyOf, type Database } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** A scenario under which a department asks. */
export interface ScenarioRow {
  readonly department: string;
  readonly code: string;
  readonly name: string;
  readonly purpose: string;
}

/** Scenarios of the departments, in the order of department and code. */
export function findScenarios(database: Database, departments: readonly string[]): Promise<ScenarioRow[]> {
  return registerTables(database)
    .selectFrom('scenario')
    .select(['department', 'code', 'name', 'purpose'])
    .where('department', '=', anyOf(departments))
    .orderBy('department')
    .orderBy('code')
    .execute();
}

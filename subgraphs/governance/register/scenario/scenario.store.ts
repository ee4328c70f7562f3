import { sql } from 'kysely';
import type { Database } from '../../core/index.js';
import { registerTables } from '../tables.js';
import type { ScenarioTerms } from './scenario.rule.js';

/** Inserts a scenario. The database makes its id of department and code, so it is given none. */
export async function insertScenario(
  database: Database,
  { department, code, name, purpose, basis }: ScenarioTerms & { readonly department: string; readonly code: string },
): Promise<void> {
  const db = registerTables(database);
  await sql`insert into scenario (department, code, name, purpose, basis)
    values (${department}, ${code}, ${name}, ${purpose}, ${JSON.stringify(basis)}::jsonb)`.execute(db);
}

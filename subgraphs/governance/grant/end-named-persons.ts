import { sql, type SqlBool } from 'kysely';
import type { Database, NamedPerson } from '../core/index.js';
import { grantTables } from './tables.js';

/** Takes a person out of the grants of a department that name them. A grant that named nobody else is then for nobody, not
 *  for everybody.
 *  @returns the grants, such as `grant/G-000001` */
export async function endNamedPersons(database: Database, { person, department }: NamedPerson): Promise<string[]> {
  const rows = await grantTables(database)
    .updateTable('share_grant')
    .set((eb) => ({ persons: sql<string[]>`${eb.ref('persons')} - ${person}::text` }))
    .where('department', '=', department)
    .where((eb) => sql<SqlBool>`${eb.ref('persons')} ? ${person}::text`)
    .returning('id')
    .execute();
  return rows.map(({ id }) => `grant/${id}`).sort();
}

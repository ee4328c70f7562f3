import { sql, type SqlBool } from 'kysely';
import type { Database, NamedPerson } from '../../core/index.js';
import { applicationTables } from '../tables.js';
import type { FormValues } from './form-values.js';

/** Takes a person out of the applications of a department that only named persons see.
 *  @returns the applications, such as `application/A-000001` */
export async function endNamedViewers(database: Database, { person, department }: NamedPerson): Promise<string[]> {
  const key = `@${person}`;
  const rows = await applicationTables(database)
    .updateTable('share_application')
    .set((eb) => ({
      visible_to: sql<string[]>`array_remove(${eb.ref('visible_to')}, ${key}::text)`,
      form: sql<FormValues>`case when ${eb.ref('form')} ? 'applicants'
        then jsonb_set(${eb.ref('form')}, '{applicants}', (${eb.ref('form')} -> 'applicants') - ${person}::text)
        else ${eb.ref('form')} end`,
    }))
    .where('department', '=', department)
    .where((eb) =>
      eb.or([
        sql<SqlBool>`${key}::text = any(${eb.ref('visible_to')})`,
        sql<SqlBool>`${eb.ref('form')} -> 'applicants' ? ${person}::text`,
      ]),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => `application/${id}`).sort();
}

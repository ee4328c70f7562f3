import { sql, type SqlBool } from 'kysely';
import { type Database, Refusal } from '../../core/index.js';
import { registerTables } from '../tables.js';
import { say } from '../messages/index.js';

/** Refuses a change after which nobody could act as the authority any more: only the authority could undo it.
 *  @param leaving  the person, or the department, that would no longer act as the authority
 *  @returns        undefined where somebody else still can */
export async function refuseLastAuthority(
  database: Database,
  leaving: { readonly subject: string } | { readonly department: string },
): Promise<Refusal | undefined> {
  const active = await findActiveAuthorities(database);
  const stays = active.filter((officer) =>
    'subject' in leaving ? officer.subject !== leaving.subject : officer.department !== leaving.department,
  );
  if (active.length === 0 || stays.length > 0) return undefined;
  const message = say('officer.lastAuthority');
  return Refusal.because('LAST_AUTHORITY', message);
}

/** True when a person of another department acts as the authority too. */
export const hasOtherAuthority = async (database: Database, department: string): Promise<boolean> =>
  (await findActiveAuthorities(database)).some((officer) => officer.department !== department);

const findActiveAuthorities = (database: Database) =>
  registerTables(database)
    .selectFrom('officer')
    .innerJoin('department', 'department.code', 'officer.department')
    .select(['officer.subject', 'officer.department'])
    .where('officer.suspended', '=', false)
    .where('department.suspended', '=', false)
    .where(
      (eb) => sql<SqlBool>`${eb.ref('officer.roles')} ? 'authority' and ${eb.ref('department.roles')} ? 'authority'`,
    )
    .execute();

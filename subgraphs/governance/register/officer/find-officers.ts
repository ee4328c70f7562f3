import type { Role } from '../../../../shared/kernel/index.js';
import { anyOf, type Database, type Post } from '../../core/index.js';
import { registerTables } from '../tables.js';

/** A person who holds a post now. */
export interface PostHolder {
  readonly post: Post;
  readonly officer: string;
}

/** The posts of a department that are filled now, and by whom. An ended appointment gives no power, nor does one of a
 *  person who is suspended or acts for another department. */
export function findPostHolders(database: Database, department: string): Promise<PostHolder[]> {
  return registerTables(database)
    .selectFrom('appointment')
    .innerJoin('officer', 'officer.subject', 'appointment.officer')
    .select(['appointment.post', 'appointment.officer'])
    .where('appointment.department', '=', department)
    .where('appointment.until_at', 'is', null)
    .where('officer.department', '=', department)
    .where('officer.suspended', '=', false)
    .orderBy('appointment.id')
    .execute();
}

/** Filters the persons to officers of the department, including suspended ones unless only active ones are wanted. */
export async function findOfficers(
  database: Database,
  department: string,
  subjects: readonly string[],
  { onlyActive = false }: { readonly onlyActive?: boolean } = {},
): Promise<Set<string>> {
  const rows = await registerTables(database)
    .selectFrom('officer')
    .select('subject')
    .where('department', '=', department)
    .where('subject', '=', anyOf(subjects))
    .$if(onlyActive, (query) => query.where('suspended', '=', false))
    .execute();
  return new Set(rows.map(({ subject }) => subject));
}

/** The department and the roles in which an officer may act now.
 *  @returns undefined for one who is unknown or suspended, or whose department is suspended */
export async function findActiveOfficer(
  database: Database,
  subject: string,
): Promise<{ readonly department: string; readonly roles: readonly Role[] } | undefined> {
  return registerTables(database)
    .selectFrom('officer')
    .innerJoin('department', 'department.code', 'officer.department')
    .select(['officer.department', 'officer.roles'])
    .where('officer.subject', '=', subject)
    .where('officer.suspended', '=', false)
    .where('department.suspended', '=', false)
    .executeTakeFirst();
}

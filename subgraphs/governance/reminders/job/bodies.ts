import type { Query } from '../../../../shared/evidence/store/index.js';
import type { Role } from '../../../../shared/kernel/index.js';

/** Departments by the roles that they have, each list in the order of the codes. */
export type Bodies = (role: Role) => readonly string[];

export async function readBodies(query: Query): Promise<Bodies> {
  const rows = await query('select code, roles from department order by code');
  return (role) => rows.filter(({ roles }) => (roles as string[]).includes(role)).map(({ code }) => String(code));
}

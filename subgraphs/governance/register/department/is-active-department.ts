import { expressionBuilder, sql, type Expression, type SqlBool } from 'kysely';
import type { Role } from '../../../../shared/kernel/index.js';
import type { RegisterTables } from '../tables.js';

/** Condition for the queries of other rooms: the department is registered and not suspended.
 *  @param code  expression of the other query that holds the department's code
 *  @param role  the department must have this role, where given */
export function isActiveDepartment(code: Expression<string>, role?: Role): Expression<SqlBool> {
  const eb = expressionBuilder<RegisterTables>();
  let active = eb
    .selectFrom('department')
    .select('department.code')
    .where('department.code', '=', code)
    .where('department.suspended', '=', false);
  if (role !== undefined)
    active = active.where((department) => sql<SqlBool>`${department.ref('department.roles')} ? ${role}`);
  return eb.exists(active);
}

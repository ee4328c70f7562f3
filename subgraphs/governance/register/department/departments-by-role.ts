import type { Role } from '../../../../shared/kernel/index.js';
import type { Database } from '../../core/index.js';
import { findDepartments } from './find-departments.js';

/** Codes of the departments that have a role, in order. */
export type DepartmentsByRole = (role: Role) => readonly string[];

export async function readDepartmentsByRole(database: Database): Promise<DepartmentsByRole> {
  const departments = await findDepartments(database);
  return (role) => departments.filter(({ roles }) => roles.includes(role)).map(({ code }) => code);
}

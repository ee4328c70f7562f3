import type { FetchContext } from '../../../shared/trust/signed-context.js';

/** Whether a caller sees what concerns every department, and not its own alone. */
export const seesAll = ({ roles = [] }: Pick<FetchContext, 'roles'>): boolean =>
  roles.some((role) => role === 'authority' || role === 'auditor' || role === 'operator');

/** Whether a caller may act on what is a department's: its own, or any as authority. */
export const actsFor = (
  department: string,
  { department: callerDepartment, roles = [] }: Pick<FetchContext, 'department' | 'roles'>,
): boolean => callerDepartment === department || roles.includes('authority');

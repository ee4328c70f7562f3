import type { FetchContext } from '../../../shared/trust/signed-context.js';

/** True for callers who see what concerns every department, not only their own. */
export const seesAll = ({ roles = [] }: Pick<FetchContext, 'roles'>): boolean =>
  roles.some((role) => role === 'authority' || role === 'auditor' || role === 'operator');

/** True for callers who may act for a department: their own, or any as authority. */
export const actsFor = (
  department: string,
  { department: callerDepartment, roles = [] }: Pick<FetchContext, 'department' | 'roles'>,
): boolean => callerDepartment === department || roles.includes('authority');

/** True for callers who read the evidence and the subscriptions of every department. */
export const readsEverything = ({ roles = [] }: Pick<FetchContext, 'roles'>): boolean =>
  roles.some((role) => role === 'authority' || role === 'auditor');

/** True for callers who may stop and restart what belongs to any department. */
export const operates = ({ roles = [] }: Pick<FetchContext, 'roles'>): boolean =>
  roles.some((role) => role === 'authority' || role === 'operator');

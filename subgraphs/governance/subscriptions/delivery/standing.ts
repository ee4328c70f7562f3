import type { FetchContext } from '../../../../shared/trust/signed-context.js';

const has = ({ roles: callerRoles }: FetchContext, ...roles: readonly string[]): boolean =>
  callerRoles?.some((role) => roles.includes(role)) ?? false;

/** Whether a caller reads of every department's subscriptions. */
export const readsAll = (fetch: FetchContext): boolean => has(fetch, 'authority', 'auditor');

/** Whether a caller disables and resumes every department's. */
export const operates = (fetch: FetchContext): boolean => has(fetch, 'authority', 'operator');

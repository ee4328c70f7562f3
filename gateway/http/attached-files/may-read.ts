import type { Caller } from '../../../shared/kernel/index.js';
import type { ApplicationFileFacts } from '../../../shared/read-model/read-application-file.js';
import type { CorrectionFileFacts } from '../../../shared/read-model/read-correction-file.js';
import { accountOf } from './attached-file-routes.js';

/** Whoever reported, the provider's administrators, and the authority while it settles a dispute: each as long as they are of
 *  that department. */
export function mayReadCorrectionFile({ correction }: CorrectionFileFacts, caller: Caller): boolean {
  const { department, reporter, provider, dispatched, status, administrators } = correction;
  if (department === caller.department && reporter === accountOf(caller)) return true;
  if (caller.person === undefined) return false;
  if (provider === caller.department && dispatched && administrators.includes(caller.person)) return true;
  return status === 'DISPUTED' && caller.roles.includes('authority');
}

/** The parties and the reviewers of an application; not the auditors. */
export const mayReadApplicationFile = ({ visibleTo }: ApplicationFileFacts, caller: Caller): boolean =>
  [caller.department, `@${accountOf(caller)}`, ...caller.roles.map((role) => `*${role}`)].some(
    (key) => key !== '*auditor' && visibleTo.includes(key),
  );

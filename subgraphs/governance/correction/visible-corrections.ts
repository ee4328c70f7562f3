import type { FetchContext } from '../../../shared/trust/signed-context.js';
import type { RowCondition } from '../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import type { Correction } from './correction.entity.js';

/** Corrections that a caller may see: those that the own department has reported, and those that have come to it as the
 *  provider; all for the authority, the auditor and the operator. */
export const visibleCorrections = (fetch: FetchContext): RowCondition<Correction> =>
  seesAll(fetch)
    ? {}
    : {
        $or: [{ department: fetch.department }, { provider: fetch.department, dispatchedAt: { $ne: null } }],
      };

/** Reports whether a caller may see a correction. */
export const canSee = (
  { department, provider, dispatchedAt }: Pick<Correction, 'department' | 'provider' | 'dispatchedAt'>,
  fetch: FetchContext,
): boolean =>
  seesAll(fetch) || department === fetch.department || (provider === fetch.department && dispatchedAt != null);

/** Reports whether a caller sees the subject and the evidence of a correction: the provider's administrators, and whoever reported, each as long as they are of that department. */
export async function maySeeSubject(
  { department, reporter, provider, dispatchedAt }: Correction,
  { em, fetch, own }: GovernanceContext,
): Promise<boolean> {
  const { person, system, department: ownDepartment } = fetch;
  if (department === ownDepartment && reporter === (person ?? system)) return true;
  if (provider !== ownDepartment || person === undefined || dispatchedAt == null) return false;
  return own.holdsPost(em, { person, department: ownDepartment }, ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']);
}

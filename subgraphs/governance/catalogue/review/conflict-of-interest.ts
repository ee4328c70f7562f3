import type { Role } from '../../../../shared/kernel/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { type Database, findConflictOfInterest } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { CatalogueResult } from '../entry/catalogue-result.js';
import { refuse } from '../entry/execute-entry-command.js';

/** Reports whether an entry is the caller's own request. In a department's own step (HZ-5.3c) another person of it may
 *  decide; so may another person of the authority on its own entries where there is no other authority. */
export async function hasConflictOfInterest(
  database: Database,
  { provider, submittedBy }: CatalogueResource,
  role: Role,
  { department, person }: Pick<FetchContext, 'department' | 'person'>,
): Promise<boolean> {
  const asked = { department: provider, person: submittedBy ?? undefined };
  const within = role === 'provider' || (await isOnlyAuthority(database, provider));
  return findConflictOfInterest(asked, { department, person }, within) !== undefined;
}

async function isOnlyAuthority(database: Database, department: string): Promise<boolean> {
  const authorities = (await findDepartments(database, { role: 'authority' })).filter(({ suspended }) => !suspended);
  return authorities.length === 1 && authorities[0]!.code === department;
}

export const refuseConflictOfInterest = (): CatalogueResult =>
  refuse('OWN_CAUSE', 'No one decides a request of their own or of their department.');

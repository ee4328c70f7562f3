import type { EntityManager } from '@mikro-orm/postgresql';
import type { Role } from '../../../../shared/kernel/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { Department } from '../../register/index.js';
import { findConflictOfInterest, type RefusalCode } from '../../core/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';

/** Whether an entry is the caller's own cause. A department's own step (HZ-5.3c) is done by another person of it; so is
 *  the authority's on its own entries where there is no other authority. */
export async function isOwnCause(
  em: EntityManager,
  { provider, submittedBy }: CatalogueResource,
  role: Role,
  { department, person }: Pick<FetchContext, 'department' | 'person'>,
): Promise<boolean> {
  const asked = { department: provider, person: submittedBy ?? undefined };
  const within = role === 'provider' || (await isOnlyAuthority(em, provider));
  return findConflictOfInterest(asked, { department, person }, within) !== undefined;
}

async function isOnlyAuthority(em: EntityManager, department: string): Promise<boolean> {
  const all = await em.findAll(Department, { disableIdentityMap: true });
  const authorities = all.filter(({ roles, suspended }) => !suspended && roles.includes('authority'));
  return authorities.length === 1 && authorities[0]!.code === department;
}

/** Why an own cause is refused: code, sentence, clauses. */
export const OWN_CAUSE: [RefusalCode, string, string[]] = [
  'OWN_CAUSE',
  'Nobody decides what he or his own department asked for.',
  [],
];

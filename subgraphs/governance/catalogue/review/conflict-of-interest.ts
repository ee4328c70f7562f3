import type { EntityManager } from '@mikro-orm/postgresql';
import type { Role } from '../../../../shared/kernel/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { wordOf, findConflictOfInterest } from '../../core/index.js';
import { findAccounts, findDepartments } from '../../register/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { CatalogueResult } from '../entry/catalogue-result.js';
import type { EntryStore } from '../entry/entry.store.js';
import { refuse } from '../entry/execute-entry-command.js';
import { say } from '../messages/index.js';

/** Refuses a decision on one's own entry, over the whole life of a revision: who drafted or submitted it stays bound, and two
 *  roles are two persons. In a department's own step (HZ-5.3c) another person of it may decide; so may another person of the
 *  authority on its own entries where there is no other authority.
 *  @returns undefined where the caller may decide in the role */
export async function refuseConflictOfInterest(
  em: EntityManager,
  store: EntryStore,
  entry: CatalogueResource,
  role: Role,
  { department, person }: Pick<FetchContext, 'department' | 'person'>,
): Promise<CatalogueResult | undefined> {
  const { provider, submittedBy, reviews } = entry;
  const persons = [...(await store.findAuthors(entry)), ...(submittedBy == null ? [] : [submittedBy])];
  const within = role === 'provider' || (await isOnlyAuthority(em, provider));
  const accounts = person === undefined ? [] : await findAccounts(em, person);
  const conflict = findConflictOfInterest({ department: provider, persons }, { department, person, accounts }, within);
  if (conflict === 'SAME_DEPARTMENT') return refuse('OWN_CAUSE', say('review.ownCause'));
  if (conflict) return refuse('SAME_PERSON', say('review.samePerson'));
  const other = reviews.find((review) => review.role !== role && accounts.includes(review.person ?? ''));
  return (
    other &&
    refuse('SAME_PERSON', say('review.otherRole', { other: wordOf('role', other.role), role: wordOf('role', role) }))
  );
}

async function isOnlyAuthority(em: EntityManager, department: string): Promise<boolean> {
  const authorities = (await findDepartments(em, { role: 'authority' })).filter(({ suspended }) => !suspended);
  return authorities.length === 1 && authorities[0]!.code === department;
}

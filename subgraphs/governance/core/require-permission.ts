import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../shared/trust/signed-context.js';
import { rule, type ShieldRule } from '../../../shared/share/shield.js';
import type { GovernanceContext } from './governance-context.js';
import { PERMISSION_TABLE, type Permission, type RoleRequirement } from './permission-table.js';
import type { HoldsPost } from './holds-post.js';

/** One rule per permission; graphql-shield refuses two rules of one name. */
const rules = new Map<Permission, ShieldRule>();

/** Returns the shield rule of a root field that requires a permission. */
export function requirePermission(permission: Permission): ShieldRule {
  const known = rules.get(permission);
  if (known) return known;
  const made = rule(permission, { cache: 'no_cache' })((_parent, _args, { em, fetch, own }: GovernanceContext) =>
    hasPermission(permission, em, fetch, own.holdsPost),
  );
  rules.set(permission, made);
  return made;
}

/** Decides by the caller's roles and by the posts that they hold now. */
async function hasPermission(
  permission: Permission,
  em: EntityManager,
  { department, person, roles: callerRoles = [] }: Pick<FetchContext, 'department' | 'person' | 'roles'>,
  holdsPost: HoldsPost,
): Promise<boolean> {
  const { roles, posts, person: isPersonal }: RoleRequirement = PERMISSION_TABLE[permission];
  const acting = roles.filter((role) => callerRoles.includes(role));
  if (acting.length === 0) return false;
  if (isPersonal && person === undefined) return false;
  if (!posts || acting.some((role) => role !== 'provider' && role !== 'consumer')) return true;
  if (person === undefined) return false;
  return holdsPost(em, { person, department }, posts);
}

import { allow, rule } from '../../shared/share/shield.js';
import type { RootPermissions, SubgraphContext } from '../../shared/subgraph/index.js';

/** Acts of the data authority. @source QZ-5.10, CZ-11, YN-18 */
const authority = rule('authority', { cache: 'no_cache' })(
  (_parent, _args, { fetch }: SubgraphContext) => fetch.rol?.includes('authority') ?? false,
);

/** Who may do what. What is not listed is refused; grants are further cut to the own department where they are read. */
export const permissions: RootPermissions = {
  Query: { departments: allow, systems: allow, officers: authority, scenarios: allow, grants: allow, grantOf: allow },
  Mutation: {
    grant: authority,
    revokeGrant: authority,
    suspendGrant: authority,
    resumeGrant: authority,
    suspendDepartment: authority,
    resumeDepartment: authority,
    suspendSystem: authority,
    resumeSystem: authority,
  },
};

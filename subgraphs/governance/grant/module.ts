import { type GovernanceModule, requirePermission } from '../core/index.js';
import { GrantEndResolver } from './grant-end.resolver.js';
import { GrantSuspension } from './grant-party.js';
import { GrantPersonsResolver } from './grant-persons.resolver.js';
import { GrantResult } from './grant-result.js';
import { GrantResolver } from './grant.resolver.js';
import { GrantConnection, MaskedItem, ShareGrant } from './share-grant.entity.js';

/** Grants of items to a department for a scenario, and their suspension by each party. */
export const grant: GovernanceModule = {
  name: 'grant',
  resolvers: [GrantResolver, GrantEndResolver, GrantPersonsResolver],
  types: [ShareGrant, MaskedItem, GrantSuspension, GrantConnection, GrantResult],
  entities: [ShareGrant],
  tables: ['share_grant', 'owner_consent'],
  permissions: {
    Query: { grants: requirePermission('grant:read'), grantOf: requirePermission('grant:read') },
    Mutation: {
      revokeGrant: requirePermission('grant:end'),
      suspendGrant: requirePermission('grant:end'),
      resumeGrant: requirePermission('grant:resume'),
      authorisePersons: requirePermission('grant:name-persons'),
    },
  },
};

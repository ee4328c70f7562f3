import { type GovernanceModule, requirePermission } from '../core/index.js';
import { GrantEndResolver } from './grant-end.resolver.js';
import { GrantPage } from './grant-input.js';
import { GrantSuspension } from './grant-party.js';
import { GrantPersonsResolver } from './grant-persons.resolver.js';
import { GrantResult } from './grant-result.js';
import { GrantResolver } from './grant.resolver.js';
import { MaskedItem, ShareGrant } from './share-grant.entity.js';

/** Grants: what a department may read for a scenario, and who has stopped it. */
export const grant: GovernanceModule = {
  name: 'grant',
  resolvers: [GrantResolver, GrantEndResolver, GrantPersonsResolver],
  types: [ShareGrant, MaskedItem, GrantSuspension, GrantPage, GrantResult],
  entities: [ShareGrant],
  tables: ['share_grant'],
  permissions: {
    Query: { grants: requirePermission('grant:read'), grantOf: requirePermission('grant:read') },
    Mutation: {
      grant: requirePermission('grant:make'),
      revokeGrant: requirePermission('grant:end'),
      suspendGrant: requirePermission('grant:end'),
      resumeGrant: requirePermission('grant:end'),
      authorisePersons: requirePermission('grant:name-persons'),
    },
  },
};

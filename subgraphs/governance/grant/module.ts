import { type GovernanceModule, requirePermission } from '../core/index.js';
import { ConsentDecisionResolver } from './consent/consent-decision.resolver.js';
import { ConsentResolver } from './consent/consent.resolver.js';
import { ConsentResult } from './consent/consent.type.js';
import { OwnerConsent, OwnerConsentConnection } from './consent/owner-consent.entity.js';
import { GrantEndResolver } from './grant-end.resolver.js';
import { GrantSuspension } from './grant-party.js';
import { GrantPersonsResolver } from './grant-persons.resolver.js';
import { GrantResult } from './grant-result.js';
import { GrantResolver } from './grant.resolver.js';
import { GrantConnection, MaskedItem, ShareGrant } from './share-grant.entity.js';

/** Grants of items to a department for a scenario, and their suspension by each party; owners' consents to what other
 *  departments' subgraphs receive. */
export const grant: GovernanceModule = {
  name: 'grant',
  resolvers: [GrantResolver, GrantEndResolver, GrantPersonsResolver, ConsentResolver, ConsentDecisionResolver],
  types: [
    ShareGrant,
    MaskedItem,
    GrantSuspension,
    GrantConnection,
    GrantResult,
    OwnerConsent,
    OwnerConsentConnection,
    ConsentResult,
  ],
  entities: [ShareGrant, OwnerConsent],
  tables: ['share_grant', 'owner_consent'],
  permissions: {
    Query: {
      grants: requirePermission('grant:read'),
      grantOf: requirePermission('grant:read'),
      consents: requirePermission('consent:read'),
      consentOf: requirePermission('consent:read'),
    },
    Mutation: {
      revokeGrant: requirePermission('grant:end'),
      suspendGrant: requirePermission('grant:end'),
      resumeGrant: requirePermission('grant:resume'),
      authorisePersons: requirePermission('grant:name-persons'),
      proposeConsent: requirePermission('consent:propose'),
      agreeToConsent: requirePermission('consent:decide'),
      refuseConsent: requirePermission('consent:decide'),
      revokeConsent: requirePermission('consent:revoke'),
    },
  },
};

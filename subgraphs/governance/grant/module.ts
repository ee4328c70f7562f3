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
import { ProtectionResult } from './protection/protection-input.type.js';
import { ProtectionResolver } from './protection/protection.resolver.js';
import {
  ProtectionPurpose,
  SubjectProtection,
  SubjectProtectionConnection,
} from './protection/subject-protection.entity.js';
import { VerificationLockResolver } from './verification/verification-lock.resolver.js';
import {
  VerificationLock,
  VerificationLockConnection,
  VerificationLockResult,
} from './verification/verification-lock.entity.js';
import { GrantConnection, MaskedItem, ShareGrant } from './share-grant.entity.js';
import { handOverGrants } from './hand-over.js';

/** Grants of items to a department for a scenario, and their suspension by each party; owners' consents to what other
 *  departments' subgraphs receive; subjects whose records an owner withholds from all but named purposes; locks of records about
 *  which too many claims were not confirmed. */
export const grant: GovernanceModule = {
  name: 'grant',
  resolvers: [
    ...[GrantResolver, GrantEndResolver, GrantPersonsResolver],
    ...[ConsentResolver, ConsentDecisionResolver, ProtectionResolver, VerificationLockResolver],
  ],
  types: [
    ShareGrant,
    MaskedItem,
    GrantSuspension,
    GrantConnection,
    GrantResult,
    OwnerConsent,
    OwnerConsentConnection,
    ConsentResult,
    ...[SubjectProtection, SubjectProtectionConnection, ProtectionPurpose, ProtectionResult],
    ...[VerificationLock, VerificationLockConnection, VerificationLockResult],
  ],
  entities: [ShareGrant, OwnerConsent, SubjectProtection, VerificationLock],
  tables: [
    ...['share_grant', 'owner_consent', 'subject_protection', 'verification_lock'],
    // The gateways write these.
    ...['verification_try', 'verification_miss', 'verification_run'],
  ],
  handOver: handOverGrants,
  permissions: {
    Query: {
      grants: requirePermission('grant:read'),
      grantOf: requirePermission('grant:read'),
      consents: requirePermission('consent:read'),
      consentOf: requirePermission('consent:read'),
      protections: requirePermission('protection:read'),
      verificationLocks: requirePermission('verification-lock:read'),
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
      proposeProtection: requirePermission('protection:propose'),
      confirmProtection: requirePermission('protection:decide'),
      proposeProtectionEnd: requirePermission('protection:propose'),
      confirmProtectionEnd: requirePermission('protection:decide'),
      refuseProtection: requirePermission('protection:decide'),
      liftVerificationLock: requirePermission('verification-lock:lift'),
    },
  },
};

import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { Coordinate, Mask, VerificationDetail } from '../../../shared/kernel/index.js';
import { type Database, openTables } from '../core/index.js';
import type { OwnerConsent } from './consent/owner-consent.entity.js';
import type { SubjectProtection } from './protection/subject-protection.entity.js';
import type { ShareGrant } from './share-grant.entity.js';
import type { VerificationLock } from './verification/verification-lock.entity.js';

type Inferred = InferClassEntityDB<typeof ShareGrant>['share_grant'];
/** Properties of the entity that are no columns, or columns of another name. */
type NoColumns =
  'from' | 'until' | 'held_by_platform' | 'platform_reason' | 'suspended' | 'suspension' | 'suspensions' | 'masked';

/** Columns of grants, consents, protections, and of what is counted of comparisons. */
export interface GrantTables {
  share_grant: Omit<Inferred, NoColumns> & {
    from_at: Date;
    until_at: Date;
    /** Suspended by the platform. */
    suspended: boolean;
    suspension: string | null;
    masks: Record<Coordinate, Mask> | null;
    identities: Record<Coordinate, string> | null;
    verification_details: VerificationDetail[] | null;
  };
  subject_protection: Omit<InferClassEntityDB<typeof SubjectProtection>['subject_protection'], 'until'> & {
    until_at: Date;
  };
  verification_lock: Omit<InferClassEntityDB<typeof VerificationLock>['verification_lock'], 'until' | 'for_all'> & {
    number: string;
    subject: Buffer;
    until_at: Date;
    /** Newest state that was told of. */
    told: '' | 'LOCKED' | 'ENDED';
  };
  verification_miss: { subject: Buffer; item: string; department: string; since: Date; misses: number };
  verification_run: { system: string; at: Date; checks: number; misses: number | null };
  owner_consent: Omit<InferClassEntityDB<typeof OwnerConsent>['owner_consent'], 'until' | 'state'> & { until_at: Date };
}

export const grantTables = (database: Database) => openTables<GrantTables>(database);

import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { Coordinate, Mask } from '../../../shared/kernel/index.js';
import { type Database, openTables } from '../core/index.js';
import type { OwnerConsent } from './consent/owner-consent.entity.js';
import type { ShareGrant } from './share-grant.entity.js';

type Inferred = InferClassEntityDB<typeof ShareGrant>['share_grant'];
/** Properties of the entity that are no columns, or columns of another name. */
type NoColumns =
  'from' | 'until' | 'held_by_platform' | 'platform_reason' | 'suspended' | 'suspension' | 'suspensions' | 'masked';

/** Columns of grants and consents. */
export interface GrantTables {
  share_grant: Omit<Inferred, NoColumns> & {
    from_at: Date;
    until_at: Date;
    /** Suspended by the platform. */
    suspended: boolean;
    suspension: string | null;
    masks: Record<Coordinate, Mask> | null;
    identities: Record<Coordinate, string> | null;
  };
  owner_consent: Omit<InferClassEntityDB<typeof OwnerConsent>['owner_consent'], 'until' | 'state'> & { until_at: Date };
}

export const grantTables = (database: Database) => openTables<GrantTables>(database);

import type { AuditAction } from '../../../shared/evidence/index.js';
import type { Recorded, Grounds } from '../core/index.js';
import type { GrantResult } from './grant-result.js';
import type { GrantStore } from './grant.store.js';
import type { ShareGrant } from './share-grant.entity.js';

/** Names an act on a grant for the audit log, with the terms that the grant has after it. */
export async function recordGrant(
  act: AuditAction,
  grant: ShareGrant,
  store: GrantStore,
  grounds: Grounds,
): Promise<Recorded<GrantResult>> {
  const { id, department, scenario, mode, coordinates, from, until, suspended, suspensions, revokedAt } = grant;
  const { rows, quotaPerDay, verificationDetails, masks, coordination, approver, persons, application } = grant;
  return {
    result: { grant },
    decision: {
      act,
      object: `grant/${id}`,
      concerns: await store.findConcerned(grant),
      ...grounds,
      terms: {
        department,
        scenario,
        mode,
        coordinates,
        from,
        until,
        approver,
        suspended,
        ...(suspensions.length > 0 && { suspendedBy: suspensions.map(({ party }) => party) }),
        ...(revokedAt && { revokedAt }),
        ...(rows && { rows }),
        ...(quotaPerDay && { quotaPerDay }),
        ...(verificationDetails && { verificationDetails }),
        ...(masks && { masks }),
        ...(coordination && { coordination }),
        ...(persons && { persons: persons.length }),
        ...(application && { application }),
      },
    },
  };
}

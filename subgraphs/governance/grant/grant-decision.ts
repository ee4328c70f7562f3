import type { ActName } from '../../../shared/evidence/governance-act.js';
import type { Done } from '../act/act-log.js';
import type { Grounds } from '../act/grounds.rule.js';
import type { GrantResult } from './grant-result.js';
import type { GrantStore } from './grant.store.js';
import type { ShareGrant } from './share-grant.entity.js';

/** What is recorded of an act on a grant: its terms after the act. */
export async function grantDecision(
  act: ActName,
  grant: ShareGrant,
  store: GrantStore,
  grounds: Grounds,
): Promise<Done<GrantResult>> {
  const { id, department, scenario, mode, coordinates, from, until, suspended, suspensions, revokedAt } = grant;
  const { rows, quotaPerDay, masks, coordination, approver, persons, application } = grant;
  return {
    result: { grant },
    decision: {
      act,
      object: `grant/${id}`,
      concerns: await store.concernedBy(grant),
      ...grounds,
      terms: {
        ...{ department, scenario, mode, coordinates, from, until, approver, suspended },
        ...(suspensions.length > 0 && { suspendedBy: suspensions.map(({ party }) => party) }),
        ...(revokedAt && { revokedAt }),
        ...(rows && { rows }),
        ...(quotaPerDay && { quotaPerDay }),
        ...(masks && { masks }),
        ...(coordination && { coordination }),
        ...(persons && { persons: persons.length }),
        ...(application && { application }),
      },
    },
  };
}

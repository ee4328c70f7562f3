import type { EntityManager } from '@mikro-orm/postgresql';
import { findItemIdentities, GrantStore, type ShareGrant } from '../../grant/index.js';
import { findDuty } from '../../register/index.js';
import type { ProviderReview } from './provider-review.entity.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import { listDeciders, type ReviewState } from './review-state.rule.js';

/** Creates the grant that an agreed review ends in: exactly the terms that the decisions have left, for the scenario and
 *  the duty of the application. @source HZ-8.5f, QZ-2.2f, QZ-2.2g, CZ-11e, CZ-11j, YN-16j */
export async function createGrant(
  em: EntityManager,
  { id: application, department, scenario, typed }: ShareApplication,
  { process, provider }: ProviderReview,
  review: ReviewState,
  now: number,
): Promise<ShareGrant> {
  const { terms, coordination } = review;
  const duty = typed.duty === undefined ? undefined : await findDuty(em, typed.duty);
  const approver = [...listDeciders(review)].join(', ');
  const clauses = process.steps.flatMap((step) => step.clauses);
  return new GrantStore(em).add({
    department,
    scenario: scenario!,
    mode: terms.mode,
    coordinates: [...terms.coordinates],
    from: new Date(Math.max(terms.from ?? now, now)),
    until: new Date(terms.until),
    heldByPlatform: false,
    ...(terms.rows && { rows: [...terms.rows] }),
    ...(terms.quotaPerDay !== undefined && { quotaPerDay: terms.quotaPerDay }),
    ...(terms.verificationDetails && { verificationDetails: [...terms.verificationDetails] }),
    ...(Object.keys(terms.masks).length > 0 && { masks: { ...terms.masks } }),
    ...(coordination && { coordination: coordination.reference }),
    approver,
    basis: [...(duty ? [duty.legalSource] : []), ...new Set(clauses)],
    application,
    provider,
    ...(typed.duty !== undefined && { duty: typed.duty }),
    conditions: [...terms.conditions],
    uses: [...(typed.uses ?? [])],
    identities: await findItemIdentities(em, terms.coordinates),
  });
}

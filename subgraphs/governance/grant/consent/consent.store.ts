import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { findPublishedItems } from '../../catalogue/index.js';
import { type Grounds, nextNumber, providersOf, type Recorded } from '../../core/index.js';
import { findItemIdentities } from '../find-item-identities.js';
import { consentTerms } from './consent-terms.js';
import type { ConsentResult } from './consent.type.js';
import { OwnerConsent } from './owner-consent.entity.js';

/** Rows of `owner_consent`. The database's triggers tell the gateway of every change in the transaction that makes it. */
export class ConsentStore {
  constructor(private readonly em: EntityManager) {}

  find(id: string): Promise<OwnerConsent | null> {
    return this.em.findOne(OwnerConsent, { id }, { disableIdentityMap: true });
  }

  async add(consent: Omit<RequiredEntityData<OwnerConsent>, 'id'>): Promise<OwnerConsent> {
    const id = await nextNumber(this.em, 'owner_consent_number', 'C');
    await this.em.insert(OwnerConsent, { ...consent, id });
    return (await this.find(id))!;
  }

  async change(id: string, change: Partial<OwnerConsent>): Promise<OwnerConsent> {
    await this.em.nativeUpdate(OwnerConsent, { id }, change);
    return (await this.find(id))!;
  }

  /** Departments that provide an item by the catalogue in force, else by the newest graph. */
  async findOwners(item: string): Promise<readonly string[]> {
    const published = await findPublishedItems(this.em, [item]);
    return published.length > 0 ? published.map(({ provider }) => provider) : providersOf(this.em, [item]);
  }

  /** Identity of an item as it is published now; none where it is in no entry in force. */
  async findIdentity(item: string): Promise<string | null> {
    return (await findItemIdentities(this.em, [item]))[item] ?? null;
  }
}

/** Names an act on a consent for the audit log, with its terms after it. */
export const recordConsent = (act: AuditAction, consent: OwnerConsent, grounds: Grounds): Recorded<ConsentResult> => {
  const { id, owner, receiver } = consent;
  return {
    result: { consent },
    decision: {
      act,
      object: `consent/${id}`,
      concerns: [owner, receiver],
      ...grounds,
      terms: consentTerms(consent),
    },
  };
};

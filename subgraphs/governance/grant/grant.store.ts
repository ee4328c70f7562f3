import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { nextNumber, providersOf } from '../core/index.js';
import { findScenarios } from '../register/index.js';
import { ShareGrant } from './share-grant.entity.js';

/** Rows of `share_grant`. The database's triggers tell the gateway of every change in the transaction that makes it. */
export class GrantStore {
  constructor(private readonly em: EntityManager) {}

  async hasScenario(department: string, code: string): Promise<boolean> {
    return (await findScenarios(this.em, [department])).some((scenario) => scenario.code === code);
  }

  async find(id: string): Promise<ShareGrant | null> {
    return this.em.findOne(ShareGrant, { id }, { disableIdentityMap: true });
  }

  async add(grant: Omit<RequiredEntityData<ShareGrant>, 'id'>): Promise<ShareGrant> {
    const id = await nextNumber(this.em, 'share_grant_number', 'G');
    await this.em.insert(ShareGrant, { ...grant, id });
    return (await this.find(id))!;
  }

  async change(id: string, change: Partial<ShareGrant>): Promise<ShareGrant> {
    await this.em.nativeUpdate(ShareGrant, { id }, change);
    return (await this.find(id))!;
  }

  /** Departments that a grant concerns: its consumer, and those whose items it gives. */
  async findConcerned({ department, coordinates }: ShareGrant): Promise<string[]> {
    return [department, ...(await providersOf(this.em, coordinates))];
  }
}

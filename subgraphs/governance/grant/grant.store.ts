import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { providersOf, queryIn } from '../core/index.js';
import { Scenario } from '../register/index.js';
import { ShareGrant } from './share-grant.entity.js';

/** Rows of `share_grant`. The database's triggers tell the gateway of every change in the transaction that makes it. */
export class GrantStore {
  constructor(private readonly em: EntityManager) {}

  async hasScenario(department: string, code: string): Promise<boolean> {
    return (await this.em.count(Scenario, { department, code })) > 0;
  }

  async find(id: string): Promise<ShareGrant | null> {
    return this.em.findOne(ShareGrant, { id }, { disableIdentityMap: true });
  }

  async add(grant: Omit<RequiredEntityData<ShareGrant>, 'id'>): Promise<ShareGrant> {
    const [{ number }] = await this.em.execute<[{ number: string }]>(`select nextval('share_grant_number') as number`);
    const id = `G-${number.padStart(6, '0')}`;
    await this.em.insert(ShareGrant, { ...grant, id });
    return (await this.find(id))!;
  }

  async change(id: string, change: Partial<ShareGrant>): Promise<ShareGrant> {
    await this.em.nativeUpdate(ShareGrant, { id }, change);
    return (await this.find(id))!;
  }

  /** Departments that a grant concerns: whose it is, and whose items it gives. */
  async concernedBy({ department, coordinates }: ShareGrant): Promise<string[]> {
    return [department, ...(await providersOf(queryIn(this.em), coordinates))];
  }
}

import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import { Scenario } from '../scenario/scenario.entity.js';
import { ShareGrant } from './share-grant.entity.js';

/** Rows of `share_grant`. The database's triggers tell the gateway of every change in the transaction that makes it. */
export class GrantStore {
  constructor(private readonly em: EntityManager) {}

  async hasScenario(department: string, code: string): Promise<boolean> {
    return (await this.em.count(Scenario, { department, code })) > 0;
  }

  async add(grant: Omit<RequiredEntityData<ShareGrant>, 'id'>): Promise<ShareGrant> {
    const [{ number }] = await this.em.execute<[{ number: string }]>(`select nextval('share_grant_number') as number`);
    const id = `G-${number.padStart(6, '0')}`;
    await this.em.insert(ShareGrant, { ...grant, id });
    return this.em.findOneOrFail(ShareGrant, { id }, { disableIdentityMap: true });
  }

  /** Changes a grant that has not been revoked.
   *  @returns the grant as it is now; `revoked` when it had been; undefined when there is none */
  async change(id: string, change: Partial<ShareGrant>): Promise<ShareGrant | 'revoked' | undefined> {
    await this.em.nativeUpdate(ShareGrant, { id, revokedAt: null }, change);
    const grant = await this.em.findOne(ShareGrant, { id }, { disableIdentityMap: true });
    if (!grant) return undefined;
    return grant.revokedAt && !change.revokedAt ? 'revoked' : grant;
  }
}

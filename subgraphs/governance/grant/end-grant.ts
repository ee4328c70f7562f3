import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../shared/evidence/index.js';
import {
  type Recorded,
  type GovernanceContext,
  type Grounds,
  queryIn,
  Refusal,
  type RefusalCode,
  findGroundsProblem,
} from '../core/index.js';
import { grantDecision } from './grant-decision.js';
import type { GrantResult } from './grant-result.js';
import { GrantStore } from './grant.store.js';
import { partiesOf, type Party } from './party.rule.js';
import { itemProviders } from './item-providers.js';
import type { ShareGrant } from './share-grant.entity.js';

export interface GrantChange {
  readonly act: AuditAction;
  readonly id: string;
  readonly grounds: Grounds;
  /** The part that the caller acts in; the widest that it has where absent. */
  readonly as?: Party | undefined;
  /** What is to be otherwise, a refusal, or undefined where all is as it is to be. */
  readonly change: (
    grant: ShareGrant,
    party: Party,
    em: EntityManager,
  ) => Partial<ShareGrant> | Refusal | undefined | Promise<Partial<ShareGrant> | Refusal | undefined>;
}

/** Changes a grant that has not been revoked, on behalf of one of those who have a part in it. */
export async function changeGrant(
  { act, id, grounds, as, change }: GrantChange,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<GrantResult> {
  const wrong = findGroundsProblem(grounds);
  if (wrong) return { refusal: Refusal.because('GROUNDS_MALFORMED', wrong) };
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<GrantResult>> => {
    const refused = (code: RefusalCode, message: string) => ({ result: { refusal: Refusal.because(code, message) } });
    const store = new GrantStore(em);
    const grant = await store.find(id);
    const parties = grant ? partiesOf(grant, await itemProviders(queryIn(em), grant.coordinates), fetch) : [];
    const party = as ?? parties[0];
    if (!grant || parties.length === 0)
      return refused('GRANT_UNKNOWN', `There is no grant ${id} that you have a part in.`);
    if (!party || !parties.includes(party))
      return refused('NOT_ENTITLED', `You have no part in ${id} as ${party}; you have one as ${parties.join(', ')}.`);
    if (grant.revokedAt)
      return act === 'REVOKE_GRANT'
        ? { result: { grant } }
        : refused('GRANT_REVOKED', `Grant ${id} has been revoked and stays so. Apply again.`);
    const changes = await change(grant, party, em);
    if (changes instanceof Refusal) return { result: { refusal: changes } };
    return changes ? grantDecision(act, await store.change(id, changes), store, grounds) : { result: { grant } };
  });
}

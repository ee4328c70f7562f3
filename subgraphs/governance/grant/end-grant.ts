import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../shared/evidence/index.js';
import {
  wordOf,
  findGroundsProblem,
  type GovernanceContext,
  type Grounds,
  type Recorded,
  refuse,
  Refusal,
} from '../core/index.js';
import { findPublishedItems } from '../catalogue/index.js';
import { recordGrant } from './grant-decision.js';
import type { GrantResult } from './grant-result.js';
import { GrantStore } from './grant.store.js';
import { partiesOf, type Party } from './party.rule.js';
import type { ShareGrant } from './share-grant.entity.js';
import { say } from './messages/index.js';
import { joinTexts } from '../../../shared/kernel/index.js';

export interface GrantChange {
  readonly act: AuditAction;
  readonly id: string;
  readonly grounds: Grounds;
  /** The party as which the caller acts; by default the widest that it can act as. */
  readonly as?: Party | null | undefined;
  /** Returns the columns to change, a refusal, or undefined where nothing is to be changed. */
  readonly change: (
    grant: ShareGrant,
    party: Party,
    em: EntityManager,
  ) => Partial<ShareGrant> | Refusal | undefined | Promise<Partial<ShareGrant> | Refusal | undefined>;
}

/** Changes a grant that has not been revoked, on behalf of one of its parties. */
export async function changeGrant(
  { act, id, grounds, as, change }: GrantChange,
  { em, fetch, own: { auditLog } }: GovernanceContext,
): Promise<GrantResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<GrantResult>> => {
    const store = new GrantStore(em);
    const grant = await store.find(id);
    const parties = grant ? partiesOf(grant, providersIn(await findPublishedItems(em, grant.coordinates)), fetch) : [];
    const party = as ?? parties[0];
    if (!grant || parties.length === 0) return { result: refuse('GRANT_UNKNOWN', say('grant.unknown', { id })) };
    if (!party || !parties.includes(party))
      return {
        result: refuse(
          'NOT_ENTITLED',
          say('grant.otherParty', {
            id,
            party: wordOf('party', party ?? ''),
            parties: joinTexts(
              parties.map((one) => wordOf('party', one)),
              ',',
            ),
          }),
        ),
      };
    if (grant.revokedAt)
      return act === 'REVOKE_GRANT'
        ? { result: { grant } }
        : { result: refuse('GRANT_REVOKED', say('grant.revoked', { id })) };
    const changes = await change(grant, party, em);
    if (changes instanceof Refusal) return { result: { refusal: changes } };
    return changes ? recordGrant(act, await store.change(id, changes), store, grounds) : { result: { grant } };
  });
}

const providersIn = (items: readonly { readonly provider: string }[]): string[] => [
  ...new Set(items.map(({ provider }) => provider)),
];

import { Args, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { wordOf, type GovernanceContext, Refusal } from '../core/index.js';
import { changeGrant } from './end-grant.js';
import { EndGrantArguments, ResumeGrantArguments } from './end-grant-arguments.js';
import { GrantResult } from './grant-result.js';
import type { Party } from './party.rule.js';
import { ShareGrant } from './share-grant.entity.js';
import { say } from './messages/index.js';
import { joinTexts } from '../../../shared/kernel/index.js';

/** Stops a grant, on behalf of one of its parties: the department that uses it, the one whose data it is, or the platform.
 *  @source QZ-5.10 */
@Resolver(() => ShareGrant)
export class GrantEndResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '撤销授权\nFor good; effective with the next query.' })
  revokeGrant(
    @Args(() => EndGrantArguments) { id, reason, basis, as }: EndGrantArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    const change = () => ({ revokedAt: new Date(context.own.now()), revocation: reason });
    return changeGrant({ act: 'REVOKE_GRANT', id, grounds: { reason, basis }, as, change }, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, {
    description: '暂停授权\nEffective with the next query, until the same party resumes it.',
  })
  suspendGrant(
    @Args(() => EndGrantArguments) { id, reason, basis, as }: EndGrantArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    const change = (_grant: ShareGrant, party: Party) => suspensionOf(party, reason, new Date(context.own.now()));
    return changeGrant({ act: 'SUSPEND_GRANT', id, grounds: { reason, basis }, as, change }, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => GrantResult, { description: '恢复授权\nLifts the own suspension, never another party’s.' })
  resumeGrant(
    @Args(() => ResumeGrantArguments) { id, reason, basis, as }: ResumeGrantArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<GrantResult> {
    const change = ({ suspensions }: ShareGrant, party: Party) => {
      const parties = suspensions.map((suspension) => suspension.party);
      if (parties.length === 0) return undefined;
      if (parties.includes(party)) return suspensionOf(party, null);
      const message = say('grant.suspendedBy', {
        id,
        parties: joinTexts(
          parties.map((one) => wordOf('party', one)),
          'and',
        ),
        party: wordOf('party', party),
      });
      return Refusal.because('SUSPENDED_BY_ANOTHER', message);
    };
    return changeGrant({ act: 'RESUME_GRANT', id, grounds: { reason, basis }, as, change }, context);
  }
}

/** Columns that say that a party has suspended the grant, why and since when; null where it has not. */
function suspensionOf(party: Party, reason: string | null, since: Date | null = null): Partial<ShareGrant> {
  if (party === 'CONSUMER') return { heldByConsumer: reason, consumerSince: since };
  if (party === 'PROVIDER') return { heldByProvider: reason, providerSince: since };
  return { heldByPlatform: reason !== null, platformReason: reason, platformSince: since };
}

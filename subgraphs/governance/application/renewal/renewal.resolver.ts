import { Arg, Ctx, GraphQLISODateTime, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { ApplicationResult } from '../draft/application-result.js';
import { renewGrant } from './renew-grant.js';

/** Renews grants by a short application. */
@Resolver()
export class RenewalResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationResult, {
    description:
      '续期申请\nAsks for the same for longer: a short application that refers to the grant. What is not said is as it was.',
  })
  renewGrant(
    @Arg('id', () => String) id: string,
    @Arg('until', () => GraphQLISODateTime, { description: '终止时间' }) until: Date,
    @Arg('reason', () => String, { description: '理由' }) reason: string,
    @Arg('duty', () => String, { nullable: true, description: '职责依据\nWhere the grant names none, or another one.' })
    duty: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationResult> {
    const { em, fetch, own } = context;
    return own.auditLog.transact(em, fetch, (em) => renewGrant(em, context, { id, until, reason, duty }));
  }
}

import { GraphQLLocalDate } from 'graphql-scalars';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../../core/index.js';
import { CheckConsent, CheckConsentResult } from './check-consent.entity.js';
import {
  confirmCheckConsent,
  proposeCheckConsent,
  refuseCheckConsent,
  revokeCheckConsent,
} from './consent.commands.js';

const REASON = { description: '原因' };

/** Consents of owners to a check: two persons of each. */
@Resolver(() => CheckConsent)
export class CheckConsentResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CheckConsentResult, {
    description: '提出同意多元校核\nFor the own item. In force when another person of the department has confirmed it.',
  })
  proposeCheckConsent(
    @Arg('check', () => String, { description: '多元校核编号' }) check: string,
    @Arg('until', () => GraphQLLocalDate, { description: '截止日期\nThe last day, inclusive.' }) until: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CheckConsentResult> {
    return proposeCheckConsent(context, check, until);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CheckConsentResult, {
    description: '确认同意多元校核\nBy another person than the one who proposed it.',
  })
  confirmCheckConsent(
    @Arg('id', () => String) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CheckConsentResult> {
    return confirmCheckConsent(context, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CheckConsentResult, { description: '不同意多元校核\nOr takes back one’s own proposal.' })
  refuseCheckConsent(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CheckConsentResult> {
    return refuseCheckConsent(context, id, reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CheckConsentResult, {
    description: '撤回多元校核同意\nBy one person of the owner or of the authority; a run stops before its next batch.',
  })
  revokeCheckConsent(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, REASON) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CheckConsentResult> {
    return revokeCheckConsent(context, id, reason);
  }
}

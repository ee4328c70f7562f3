import { Arg, Args, Ctx, Float, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, GroundsArguments } from '../../core/index.js';
import { SubscriptionDesk, type Changed } from '../delivery/subscription-commands.js';
import { SubscribeUsesInput } from './subscription-input.js';
import { SubscriptionResult } from './subscription-result.js';
import { UseDelivery } from './use-delivery.js';
import { UseSubscription } from './use-subscription.js';

const ID = () => String;

/** A provider is told of the uses of its items: it subscribes for itself, and nobody can for another.
 *  @source QZ-8.4f, YN-33c */
@Resolver(() => UseSubscription)
export class SubscriptionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [UseSubscription], {
    nullable: true,
    description: '查询推送订阅\nThe own department’s; every department’s for the authority and the auditor.',
  })
  async subscriptions(
    @Filters('UseSubscription.department')
    @Arg('department', () => String, { nullable: true })
    department: string | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<UseSubscription[]> {
    const found = await deskOf(context).list(department);
    return found.map((each) => UseSubscription.of(each, context.fetch.department));
  }

  @Share('UNCONDITIONAL')
  @Query(() => [UseDelivery], {
    nullable: true,
    description: '查询推送记录\nThe last 100 attempts of a subscription, newest first.',
  })
  async useDeliveries(
    @Filters('UseSubscription.id') @Arg('subscription', ID) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<UseDelivery[] | null> {
    const found = await deskOf(context).attempts(id);
    return found?.map((each) => Object.assign(new UseDelivery(), each)) ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, {
    description: '订阅使用日志推送\nUses of the own items are pushed from then on.',
  })
  subscribeUses(
    @Arg('input', () => SubscribeUsesInput) input: SubscribeUsesInput,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).subscribe(input));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '暂停推送\nNothing is lost: resuming goes on where it stopped.' })
  pauseSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).pause(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, {
    description:
      '恢复推送\nAlso what is failing is tried again at once; what the operator disabled only by the authority.',
  })
  resumeSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).resume(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '停用推送\nBy the operator or the authority.' })
  disableSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).disable(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, {
    description: '重新推送\nDelivers again from a position on that was delivered.',
  })
  replayUses(
    @Arg('id', ID) id: string,
    @Arg('fromPosition', () => Float) fromPosition: number,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).replay(id, fromPosition, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '取消推送订阅\nFor good; its secret is forgotten.' })
  unsubscribeUses(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return shown(context, deskOf(context).unsubscribe(id, grounds));
  }
}

const deskOf = (context: GovernanceContext): SubscriptionDesk => new SubscriptionDesk('uses', context);

async function shown({ fetch }: GovernanceContext, changed: Promise<Changed>): Promise<SubscriptionResult> {
  const { subscription, ...rest } = await changed;
  return { ...(subscription && { subscription: UseSubscription.of(subscription, fetch.department) }), ...rest };
}

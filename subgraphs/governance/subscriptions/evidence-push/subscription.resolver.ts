import { Arg, Args, Ctx, Float, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { mapConnection, PageArguments, type Connection } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, GroundsArguments } from '../../core/index.js';
import { SubscriptionCommands, type CommandResult } from '../delivery/subscription-commands.js';
import { SubscribeUsesInput } from './subscription-input.js';
import { SubscriptionResult } from './subscription-result.js';
import { UseDelivery, UseDeliveryConnection } from './use-delivery.js';
import { UseSubscription, UseSubscriptionConnection } from './use-subscription.js';

const ID = () => String;

/** A provider subscribes to the uses of its items, and only for itself.
 *  @source QZ-8.4f, YN-33c */
@Resolver(() => UseSubscription)
export class SubscriptionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => UseSubscriptionConnection, {
    nullable: true,
    description: '查询推送订阅\nThe own department’s; every department’s for the authority and the auditor.',
  })
  async subscriptions(
    @Filters('UseSubscription.department')
    @Arg('department', () => String, { nullable: true })
    department: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<UseSubscription>> {
    const found = await commandsIn(context).list(department, page);
    return mapConnection(found, (each) => UseSubscription.of(each, context.fetch.department));
  }

  @Share('UNCONDITIONAL')
  @Query(() => UseDeliveryConnection, {
    nullable: true,
    description: '查询推送记录\nThe last 100 attempts of a subscription, newest first.',
  })
  async useDeliveries(
    @Filters('UseSubscription.id') @Arg('subscription', ID) id: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<UseDelivery> | null> {
    const found = await commandsIn(context).listAttempts(id, page);
    return found && mapConnection(found, (each) => Object.assign(new UseDelivery(), each));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, {
    description: '订阅使用日志推送\nUses of the own items are pushed from then on.',
  })
  subscribeUses(
    @Arg('input', () => SubscribeUsesInput) input: SubscribeUsesInput,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return toResult(context, commandsIn(context).subscribe(input));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '暂停推送\nNothing is lost: resuming goes on where it stopped.' })
  pauseSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return toResult(context, commandsIn(context).pause(id, grounds));
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
    return toResult(context, commandsIn(context).resume(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '停用推送\nBy the operator or the authority.' })
  disableSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return toResult(context, commandsIn(context).disable(id, grounds));
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
    return toResult(context, commandsIn(context).replay(id, fromPosition, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '取消推送订阅\nFor good; its secret is forgotten.' })
  unsubscribeUses(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return toResult(context, commandsIn(context).unsubscribe(id, grounds));
  }
}

const commandsIn = (context: GovernanceContext): SubscriptionCommands => new SubscriptionCommands('uses', context);

async function toResult({ fetch }: GovernanceContext, result: Promise<CommandResult>): Promise<SubscriptionResult> {
  const { subscription, ...rest } = await result;
  return { ...(subscription && { subscription: UseSubscription.of(subscription, fetch.department) }), ...rest };
}

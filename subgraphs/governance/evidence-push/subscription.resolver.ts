import { Arg, Args, Ctx, Float, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { GroundsArguments } from '../act/grounds-arguments.js';
import { queryIn } from '../act/query-in.js';
import type { GovernanceContext } from '../governance-context.js';
import { changeSubscription, refuse, subscribe } from './change-subscription.js';
import { operates, readsAll } from './standing.js';
import { SubscribeUsesInput } from './subscription-input.js';
import { SubscriptionResult } from './subscription-result.js';
import { SubscriptionStore } from './subscription.store.js';
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
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<UseSubscription[]> {
    const own = readsAll(fetch) ? department : fetch.dep;
    if (department != null && own !== department) return [];
    const found = await new SubscriptionStore(queryIn(em)).list(own ?? undefined);
    return found.map((each) => UseSubscription.of(each, fetch.dep));
  }

  @Share('UNCONDITIONAL')
  @Query(() => [UseDelivery], {
    nullable: true,
    description: '查询推送记录\nThe last 100 attempts of a subscription, newest first.',
  })
  async useDeliveries(
    @Filters('UseSubscription.id') @Arg('subscription', ID) id: string,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<UseDelivery[] | null> {
    const store = new SubscriptionStore(queryIn(em));
    const found = await store.find(id);
    return found && (found.department === fetch.dep || readsAll(fetch)) ? store.deliveries(found) : null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, {
    description: '订阅使用日志推送\nUses of the own items are pushed from then on.',
  })
  subscribeUses(
    @Arg('input', () => SubscribeUsesInput) input: SubscribeUsesInput,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return subscribe(input, context);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '暂停推送\nNothing is lost: resuming goes on where it stopped.' })
  pauseSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return changeSubscription('PAUSE_USES', id, grounds, context, (store, subscription) => {
      if (subscription.state === 'disabled') return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return subscription.state === 'paused' ? undefined : () => store.pause(subscription);
    });
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
    return changeSubscription('RESUME_USES', id, grounds, context, (store, subscription) => {
      const { state, reason, failures } = subscription;
      if (state === 'disabled' && reason === 'OPERATOR' && !operates(context.fetch))
        return refuse('SUBSCRIPTION_DISABLED', DISABLED);
      return state === 'active' && failures === 0 ? undefined : () => store.resume(subscription);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '停用推送\nBy the operator or the authority.' })
  disableSubscription(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return changeSubscription('DISABLE_USES', id, grounds, context, (store, subscription) =>
      subscription.state === 'disabled' && subscription.reason === 'OPERATOR'
        ? undefined
        : () => store.disable(subscription),
    );
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
    return changeSubscription('REPLAY_USES', id, grounds, context, (store, subscription) => {
      if (!Number.isSafeInteger(fromPosition) || fromPosition < 1 || fromPosition > subscription.deliveredTo)
        return refuse(
          'POSITION_OUT_OF_RANGE',
          `Name a whole position from 1 to ${subscription.deliveredTo}, up to which it was delivered.`,
        );
      return () => store.moveTo(subscription, fromPosition - 1);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SubscriptionResult, { description: '取消推送订阅\nFor good; its secret is forgotten.' })
  unsubscribeUses(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<SubscriptionResult> {
    return changeSubscription('UNSUBSCRIBE_USES', id, grounds, context, (store, subscription) => async () => {
      await store.end(subscription);
      return subscription;
    });
  }
}

const DISABLED = 'The operator has disabled this subscription. Ask the authority to resume it.';

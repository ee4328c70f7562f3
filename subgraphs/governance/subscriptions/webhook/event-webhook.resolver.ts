import { Arg, Args, Ctx, Float, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, GroundsArguments } from '../../core/index.js';
import { SubscriptionDesk, type Changed } from '../delivery/subscription-commands.js';
import { EventDelivery, EventWebhook, EventWebhookInput, EventWebhookResult } from './event-webhook.js';

const ID = () => String;

/** A department has its systems told of acts of governance; nobody can for another. */
@Resolver(() => EventWebhook)
export class EventWebhookResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [EventWebhook], {
    nullable: true,
    description: '查询事件推送\nThe own department’s; every department’s for the authority and the auditor.',
  })
  async eventWebhooks(@Ctx() context: GovernanceContext): Promise<EventWebhook[]> {
    const found = await deskOf(context).list(undefined);
    return found.map((each) => EventWebhook.of(each, context.fetch.department));
  }

  @Share('UNCONDITIONAL')
  @Query(() => [EventDelivery], {
    nullable: true,
    description: '查询事件推送记录\nThe last 100 attempts of a webhook, newest first.',
  })
  async eventDeliveries(
    @Filters('EventWebhook.id') @Arg('webhook', ID) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<EventDelivery[] | null> {
    const found = await deskOf(context).attempts(id);
    return (
      found?.map(({ to, id, at, status, milliseconds, error }) =>
        Object.assign(new EventDelivery(), { id, at, event: to, status, milliseconds, error }),
      ) ?? null
    );
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '登记事件推送' })
  registerWebhook(
    @Arg('input', () => EventWebhookInput) { url, ...more }: EventWebhookInput,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).subscribe({ kind: 'webhook', target: url, ...more }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, {
    description: '暂停事件推送\nNothing is lost: resuming goes on where it stopped.',
  })
  pauseWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).pause(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, {
    description: '恢复事件推送\nAlso after the receiver said 410; what the operator disabled only by the authority.',
  })
  resumeWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).resume(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '停用事件推送\nBy the operator or the authority.' })
  disableWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).disable(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, {
    description: '重新推送事件\nDelivers again, under the same ids, from a position on that was delivered.',
  })
  replayWebhook(
    @Arg('id', ID) id: string,
    @Arg('fromPosition', () => Float) fromPosition: number,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).replay(id, fromPosition, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '注销事件推送\nFor good; its secret is forgotten.' })
  removeWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return shown(context, deskOf(context).unsubscribe(id, grounds));
  }
}

const deskOf = (context: GovernanceContext): SubscriptionDesk => new SubscriptionDesk('acts', context);

async function shown({ fetch }: GovernanceContext, changed: Promise<Changed>): Promise<EventWebhookResult> {
  const { subscription, ...rest } = await changed;
  return { ...(subscription && { webhook: EventWebhook.of(subscription, fetch.department) }), ...rest };
}

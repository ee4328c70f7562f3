import { Arg, Args, Ctx, Float, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { mapConnection, PageArguments, type Connection } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, GroundsArguments } from '../../core/index.js';
import { SubscriptionCommands, type CommandResult } from '../delivery/subscription-commands.js';
import {
  EventDelivery,
  EventDeliveryConnection,
  EventWebhook,
  EventWebhookConnection,
  EventWebhookInput,
  EventWebhookResult,
} from './event-webhook.js';

const ID = () => String;

/** A department has its systems notified of acts of governance, and only its own. */
@Resolver(() => EventWebhook)
export class EventWebhookResolver {
  @Share('UNCONDITIONAL')
  @Query(() => EventWebhookConnection, {
    nullable: true,
    description: '查询事件推送\nThe own department’s; every department’s for the authority and the auditor.',
  })
  async eventWebhooks(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<EventWebhook>> {
    const found = await commandsIn(context).list(undefined, page);
    return mapConnection(found, (each) => EventWebhook.of(each, context.fetch.department));
  }

  @Share('UNCONDITIONAL')
  @Query(() => EventDeliveryConnection, {
    nullable: true,
    description: '查询事件推送记录\nThe last 100 attempts of a webhook, newest first.',
  })
  async eventDeliveries(
    @Filters('EventWebhook.id') @Arg('webhook', ID) id: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<EventDelivery> | null> {
    const found = await commandsIn(context).listAttempts(id, page);
    return (
      found &&
      mapConnection(found, ({ to, id, at, status, milliseconds, error }) =>
        Object.assign(new EventDelivery(), { id, at, event: to, status, milliseconds, error }),
      )
    );
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '登记事件推送' })
  registerWebhook(
    @Arg('input', () => EventWebhookInput) { url, ...more }: EventWebhookInput,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return toResult(context, commandsIn(context).subscribe({ kind: 'webhook', target: url, ...more }));
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
    return toResult(context, commandsIn(context).pause(id, grounds));
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
    return toResult(context, commandsIn(context).resume(id, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '停用事件推送\nBy the operator or the authority.' })
  disableWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return toResult(context, commandsIn(context).disable(id, grounds));
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
    return toResult(context, commandsIn(context).replay(id, fromPosition, grounds));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => EventWebhookResult, { description: '注销事件推送\nFor good; its secret is forgotten.' })
  removeWebhook(
    @Arg('id', ID) id: string,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<EventWebhookResult> {
    return toResult(context, commandsIn(context).unsubscribe(id, grounds));
  }
}

const commandsIn = (context: GovernanceContext): SubscriptionCommands => new SubscriptionCommands('acts', context);

async function toResult({ fetch }: GovernanceContext, result: Promise<CommandResult>): Promise<EventWebhookResult> {
  const { subscription, ...rest } = await result;
  return { ...(subscription && { webhook: EventWebhook.of(subscription, fetch.department) }), ...rest };
}

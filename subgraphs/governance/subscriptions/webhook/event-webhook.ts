import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { type Grounds, Refusal } from '../../core/index.js';
import { AttemptFields } from '../delivery/attempt-fields.js';
import { SubscriptionFields, toSubscriptionFields } from '../delivery/subscription-fields.js';
import type { Subscription } from '../delivery/subscription.js';
import { redactTarget } from '../delivery/target.rule.js';

@Resource({ code: '900001/000012', name: '治理事件推送', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({
  description: '治理事件推送\nA department’s webhook, which is notified of acts of governance as CloudEvents 1.0.',
})
export class EventWebhook extends SubscriptionFields {
  @Field({ description: '推送地址\nTo others than the department its origin only.' })
  url!: string;

  /** @param reader  code of the department that reads; others see the URL redacted */
  static of(subscription: Subscription, reader: string): EventWebhook {
    const url = subscription.department === reader ? subscription.target : redactTarget(subscription);
    return Object.assign(new EventWebhook(), toSubscriptionFields(subscription), { url });
  }
}

export const EventWebhookConnection = defineConnection(EventWebhook, { title: '治理事件推送' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '事件推送记录\nOne attempt to deliver an event.' })
export class EventDelivery extends AttemptFields {
  @Field(() => Float, { description: '事件位置\nThe id of the event.' })
  event!: number;
}

export const EventDeliveryConnection = defineConnection(EventDelivery, { title: '事件推送记录' });

@InputType({ description: '事件推送登记' })
export class EventWebhookInput implements Grounds {
  @Field({ description: '推送地址\nA URL on a host that the operator has listed.' })
  url!: string;

  @Field(() => Float, {
    nullable: true,
    description: '起始位置\nEvents from this position on are delivered, 1 being the first; from now on where absent.',
  })
  fromPosition?: number | null;

  @Field(() => String, { nullable: true, description: '原因' })
  reason?: string | null;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[] | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '事件推送办理结果\nExactly one of `webhook` and `refusal` is set.' })
export class EventWebhookResult {
  @Field(() => EventWebhook, { nullable: true, description: '推送' })
  webhook?: EventWebhook;

  @Field(() => String, {
    nullable: true,
    description:
      '签名密钥\nOf a new webhook, shown this once: with it the receiver verifies each delivery (Standard Webhooks).',
  })
  secret?: string;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

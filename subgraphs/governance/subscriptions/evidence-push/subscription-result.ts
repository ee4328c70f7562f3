import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { UseSubscription } from './use-subscription.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '订阅办理结果\nExactly one of `subscription` and `refusal` is set.' })
export class SubscriptionResult {
  @Field(() => UseSubscription, { nullable: true, description: '订阅' })
  subscription?: UseSubscription;

  @Field(() => String, {
    nullable: true,
    description:
      '签名密钥\nOf a new webhook, shown this once: with it the receiver verifies each delivery (Standard Webhooks).',
  })
  secret?: string;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { SubscriptionFields, toSubscriptionFields } from '../delivery/subscription-fields.js';
import type { Subscription } from '../delivery/subscription.js';
import { redactTarget, type TargetKind } from '../delivery/target.rule.js';

/** The database keeps the kinds in small letters. */
export const TargetKinds = { WEBHOOK: 'webhook', FILE: 'file' } as const;
registerEnumType(TargetKinds, {
  name: 'PushKind',
  description: '推送方式\nBy webhook, or as files in a folder.',
  valuesConfig: { WEBHOOK: { description: '网络推送' }, FILE: { description: '文件' } },
});

@Resource({ code: '900001/000009', name: '使用日志推送订阅', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({
  description: '使用日志推送订阅\nA provider’s subscription to the uses of its items (QZ-8.4f, YN-33c).',
})
export class UseSubscription extends SubscriptionFields {
  @Field(() => TargetKinds, { description: '推送方式' })
  kind!: TargetKind;

  @Field({
    description: '推送目标\nA URL or the name of a folder; to others than the department the URL’s origin only.',
  })
  target!: string;

  @Field(() => Float, { description: '待处理记录数\nRecords not looked at yet, whether or not they concern it.' })
  lag!: number;

  @Field({ description: '订阅人' })
  createdBy!: string;

  /** @param reader  code of the department that reads; others see the target redacted */
  static of(subscription: Subscription, reader: string): UseSubscription {
    const { department, kind, lag, createdBy } = subscription;
    const target = department === reader ? subscription.target : redactTarget(subscription);
    return Object.assign(new UseSubscription(), toSubscriptionFields(subscription), { kind, target, lag, createdBy });
  }
}

export const UseSubscriptionConnection = defineConnection(UseSubscription, { title: '使用日志推送订阅' });

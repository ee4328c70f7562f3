import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { DeliveryFailure } from '../delivery/delivery.js';
import type { Subscription } from '../delivery/subscription.js';
import { SubscriptionStates, type SubscriptionState } from '../delivery/subscription-state.js';
import { redactTarget, type TargetKind } from '../delivery/target.rule.js';

export const TargetKinds = { WEBHOOK: 'webhook', FILE: 'file' } as const;
registerEnumType(TargetKinds, { name: 'PushKind', description: '推送方式\nBy webhook, or as files in a folder.' });
@Resource({ code: '900001/000009', name: '使用日志推送订阅', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({
  description: '使用日志推送订阅\nA provider’s subscription to the uses of its items (QZ-8.4f, YN-33c).',
})
export class UseSubscription {
  @Field({ description: '订阅编号' })
  id!: string;

  @Field({ description: '数据提供部门代码' })
  department!: string;

  @Field(() => TargetKinds, { description: '推送方式' })
  kind!: TargetKind;

  @Field({
    description: '推送目标\nA URL or the name of a folder; to others than the department the URL’s origin only.',
  })
  target!: string;

  @Field(() => SubscriptionStates, { description: '状态' })
  state!: SubscriptionState;

  @Field(() => GraphQLISODateTime, { description: '状态起始时间' })
  since!: Date;

  @Field(() => DeliveryFailure, { nullable: true, description: '最近失败原因代码\nNull once it has been delivered.' })
  reason!: DeliveryFailure | null;

  @Field(() => Int, { description: '连续失败次数' })
  failures!: number;

  @Field(() => Float, { description: '已送达位置\nCursor: every use up to this position has been delivered.' })
  deliveredTo!: number;

  @Field(() => Float, { description: '待处理记录数\nRecords not looked at yet, whether or not they concern it.' })
  lag!: number;

  @Field({ description: '订阅人' })
  createdBy!: string;

  @Field(() => GraphQLISODateTime, { description: '订阅时间' })
  createdAt!: Date;

  /** @param reader  code of the department that reads; others see the target redacted */
  static of(subscription: Subscription, reader: string): UseSubscription {
    const { id, department, kind, state, since, reason, failures, deliveredTo, lag, createdBy, createdAt } =
      subscription;
    const target = department === reader ? subscription.target : redactTarget(subscription);
    return Object.assign(new UseSubscription(), {
      id,
      department,
      kind,
      target,
      state,
      since,
      reason,
      failures,
      deliveredTo,
      lag,
      createdBy,
      createdAt,
    });
  }
}

export const UseSubscriptionConnection = defineConnection(UseSubscription, { title: '使用日志推送订阅' });

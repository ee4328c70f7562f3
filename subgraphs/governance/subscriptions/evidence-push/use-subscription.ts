import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import type { Subscription, SubscriptionState } from '../delivery/subscription.js';
import { shownTarget, type TargetKind } from '../delivery/target.rule.js';

export const TargetKinds = { WEBHOOK: 'webhook', FILE: 'file' } as const;
registerEnumType(TargetKinds, { name: 'PushKind', description: '推送方式\nBy webhook, or as files in a folder.' });
export const States = {
  ACTIVE: 'active',
  PAUSED: 'paused',
  FAILING: 'failing',
  DISABLED: 'disabled',
} as const satisfies Record<Uppercase<SubscriptionState>, SubscriptionState>;
registerEnumType(States, {
  name: 'SubscriptionState',
  description:
    '订阅状态\nPaused by the department; failing: tried on at long intervals; disabled by the operator, or by the receiver (410).',
});

@Resource({ code: '900001/000009', name: '使用日志推送订阅', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({
  description: '使用日志推送订阅\nA provider’s standing wish to be told who uses its items (QZ-8.4f, YN-33c).',
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

  @Field(() => States, { description: '状态' })
  state!: SubscriptionState;

  @Field(() => GraphQLISODateTime, { description: '状态起始时间' })
  since!: Date;

  @Field(() => String, { nullable: true, description: '最近失败原因代码\nNull once it has been delivered.' })
  reason!: string | null;

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

  /** As a department may see it.
   *  @param reader  department code */
  static of(subscription: Subscription, reader: string): UseSubscription {
    const { id, department, kind, state, since, reason, failures, deliveredTo, lag, createdBy, createdAt } =
      subscription;
    const target = department === reader ? subscription.target : shownTarget(subscription);
    return Object.assign(new UseSubscription(), {
      ...{ id, department, kind, target, state, since, reason, failures, deliveredTo, lag, createdBy, createdAt },
    });
  }
}

import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { DeliveryFailure } from './delivery.js';
import type { Subscription } from './subscription.js';
import { SubscriptionStates, type SubscriptionState } from './subscription-state.js';

/** Fields that subscriptions to every stream publish. */
@ObjectType()
export abstract class SubscriptionFields {
  @Field({ description: '编号' })
  id!: string;

  @Field({ description: '部门代码' })
  department!: string;

  @Field(() => SubscriptionStates, { description: '状态' })
  state!: SubscriptionState;

  @Field(() => GraphQLISODateTime, { description: '状态起始时间' })
  since!: Date;

  @Field(() => DeliveryFailure, { nullable: true, description: '最近失败原因代码\nNull once it has been delivered.' })
  reason!: DeliveryFailure | null;

  @Field(() => Int, { description: '连续失败次数' })
  failures!: number;

  @Field(() => Float, { description: '已送达位置\nCursor: everything up to this position has been delivered.' })
  deliveredTo!: number;

  @Field(() => GraphQLISODateTime, { description: '登记时间' })
  createdAt!: Date;
}

export const toSubscriptionFields = (subscription: Subscription): SubscriptionFields => {
  const { id, department, state, since, reason, failures, deliveredTo, createdAt } = subscription;
  return { id, department, state, since, reason, failures, deliveredTo, createdAt };
};

import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { DeliveryFailure } from '../delivery/delivery.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '推送记录\nOne attempt to deliver.' })
export class UseDelivery {
  @Field({ description: '批次标识\nThe same for each attempt at one delivery; the receiver gets it as webhook-id.' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  at!: Date;

  @Field(() => Float, { description: '起始位置\nIt holds uses behind this position.' })
  from!: number;

  @Field(() => Float, { description: '截止位置\nUp to this one.' })
  to!: number;

  @Field(() => Int, { description: '使用记录数' })
  records!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP状态码' })
  status!: number | null;

  @Field(() => Int, { description: '耗时（毫秒）' })
  milliseconds!: number;

  @Field(() => DeliveryFailure, { nullable: true, description: '失败原因代码\nNull when it was accepted.' })
  error!: DeliveryFailure | null;
}

export const UseDeliveryConnection = defineConnection(UseDelivery, { title: '推送记录' });

import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { DeliveryFailure } from './delivery.js';

/** Fields that attempts to deliver from every stream publish. */
@ObjectType()
export abstract class AttemptFields {
  @Field({ description: '批次标识\nThe same for each attempt at one delivery; the receiver gets it as webhook-id.' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  at!: Date;

  @Field(() => Int, { nullable: true, description: 'HTTP状态码' })
  status!: number | null;

  @Field(() => Int, { description: '耗时（毫秒）' })
  milliseconds!: number;

  @Field(() => DeliveryFailure, { nullable: true, description: '失败原因代码\nNull when it was accepted.' })
  error!: DeliveryFailure | null;
}

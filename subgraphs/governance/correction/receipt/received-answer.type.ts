import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '获取记录\nAn answer by which the department was given the item.' })
export class ReceivedAnswer {
  @Field({ description: '请求编号\nX-Request-Id of the answer.' })
  requestId!: string;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  time!: Date;
}

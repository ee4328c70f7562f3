import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { AttemptFields } from '../delivery/attempt-fields.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '推送记录\nOne attempt to deliver.' })
export class UseDelivery extends AttemptFields {
  @Field(() => Float, { description: '起始位置\nIt holds uses behind this position.' })
  from!: number;

  @Field(() => Float, { description: '截止位置\nUp to this one.' })
  to!: number;

  @Field(() => Int, { description: '使用记录数' })
  records!: number;
}

export const UseDeliveryConnection = defineConnection(UseDelivery, { title: '推送记录' });

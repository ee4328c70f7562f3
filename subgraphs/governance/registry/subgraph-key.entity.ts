import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';

@Resource({ code: '900001/000046', name: '子图密钥更换记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '子图密钥更换\nA rotation of the key that the hub shares with a subgraph. The key itself derives from the hub’s secret and is not here.',
})
export class SubgraphKey {
  [EntityName]?: 'SubgraphKey';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field(() => Int, { description: '密钥序号\nThe key that a subgraph begins with is number 0.' })
  @Property()
  number!: number;

  @Field({ description: '更换原因' })
  @Property()
  reason!: string;

  @Field(() => GraphQLISODateTime, { description: '更换时间' })
  @Property()
  rotatedAt!: Date;

  @Property()
  rotatedBy!: string;

  @Field(() => GraphQLISODateTime, { description: '原密钥停用时间\nUntil then the key before holds too.' })
  @Property()
  overlapEndsAt!: Date;
}

export const SubgraphKeyConnection = defineConnection(SubgraphKey, { title: '子图密钥更换' });

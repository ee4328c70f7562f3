import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000030', name: '发布许可名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('PublisherPermit', {
  description: '发布许可\nThe decision of the authority that a subgraph may publish items of a department.',
})
export class SubgraphPublisher {
  [EntityName]?: 'SubgraphPublisher';

  @Field({ description: '许可编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field(() => GraphQLISODateTime, { description: '许可时间' })
  @Property()
  givenAt!: Date;

  @Property({ nullable: true })
  givenBy?: string | null;

  @Field(() => String, { nullable: true, description: '原因' })
  @Property({ nullable: true })
  reason?: string | null;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '撤销时间' })
  @Property({ type: 'datetime', nullable: true })
  withdrawnAt?: Date | null;

  @Property({ nullable: true })
  withdrawnBy?: string | null;

  @Field(() => String, { nullable: true, description: '撤销原因' })
  @Property({ nullable: true })
  withdrawal?: string | null;
}

export const PublisherPermitConnection = defineConnection(SubgraphPublisher, { title: '发布许可' });

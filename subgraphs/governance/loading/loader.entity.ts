import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';

@Resource({ code: '900001/000042', name: '数据载入授权名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    "载入授权\nA person or system that may load rows of a subgraph, beside the department's data administrators.",
})
export class Loader {
  [EntityName]?: 'Loader';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field({ description: '人员账号或者系统标识' })
  @Property()
  loader!: string;

  @Field(() => GraphQLISODateTime, { description: '授权时间' })
  @Property()
  givenAt!: Date;

  @Property()
  givenBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '收回时间' })
  @Property({ type: 'datetime', nullable: true })
  withdrawnAt?: Date | null;
}

export const LoaderConnection = defineConnection(Loader, { title: '载入授权' });

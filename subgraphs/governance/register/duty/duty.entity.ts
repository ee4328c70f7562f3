import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000006', name: '部门职能名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '职能\nA function of a department with the provision that gives it (HZ-5.1a, HZ-3.4a).' })
export class Duty {
  [EntityName]?: 'Duty';

  @Field({ description: '职能编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field({ description: '职能名称' })
  @Property()
  name!: string;

  @Field({ description: '法定依据' })
  @Property()
  legalSource!: string;

  @Field(() => GraphQLISODateTime, { description: '起始时间' })
  @Property()
  since!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '终止时间\nA function that has ended serves no new application.',
  })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;
}

export const DutyConnection = defineConnection(Duty, { title: '职能' });

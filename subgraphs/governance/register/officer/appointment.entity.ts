import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import { type Post, POSTS } from '../../core/index.js';

export const Posts = defineEnum<Post>(
  'Post',
  '岗位\nPosts that a department fills by name (QZ-9.2b, HZ-9.1b, HZ-9.2b, CZ-22b).',
  {
    HEAD: '主要负责人',
    LEADER_IN_CHARGE: '分管领导',
    DATA_ADMINISTRATOR: '数据管理员',
    CONTACT: '联系人',
    SECRECY_PERSON: '保密审查专人',
    DESIGNATED_PERSON: '共享工作专人',
  },
);

@Resource({ code: '900001/000007', name: '岗位任职名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '任职\nA post of a department, its holder, and the time they hold or held it.' })
export class Appointment {
  [EntityName]?: 'Appointment';

  @Field({ description: '任职编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '账号标识' })
  @Property()
  officer!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field(() => Posts, { description: '岗位' })
  @Enum({ items: [...POSTS] })
  post!: Post;

  @Field(() => GraphQLISODateTime, { description: '任职时间' })
  @Property()
  fromAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '离任时间' })
  @Property({ type: 'datetime', nullable: true })
  untilAt?: Date | null;

  @Field(() => String, { nullable: true, description: '任免文号\nThe written notice to the authority (QZ-9.2e).' })
  @Property({ nullable: true })
  notice?: string | null;
}

export const AppointmentConnection = defineConnection(Appointment, { title: '任职' });

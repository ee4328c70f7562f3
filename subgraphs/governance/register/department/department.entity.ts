import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Key } from '../../../../shared/share/decorators-federation.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { FormerName } from './former-name.type.js';
import { Levels } from './level.enum.js';
import type { Level } from './level.rule.js';
import { Roles } from './role.enum.js';

@Resource({ code: '900001/000001', name: '共享平台部门名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Key('code')
@Entity()
@ObjectType({ description: '部门\nA department that publishes, uses or governs data.' })
export class Department {
  [EntityName]?: 'Department';
  [OptionalProps]?: 'formerNames';

  @Field({ description: '部门代码' })
  @PrimaryKey()
  code!: string;

  @Field({ description: '部门名称' })
  @Property()
  name!: string;

  @Field(() => [Roles], { description: '角色' })
  @Property({ type: 'json' })
  roles!: Role[];

  @Field({ description: '是否暂停共享' })
  @Property()
  suspended!: boolean;

  @Field(() => String, { nullable: true, description: '统一社会信用代码\nGB 32100.' })
  @Property({ nullable: true })
  creditCode?: string | null;

  @Field(() => Levels, { nullable: true, description: '行政层级' })
  @Property({ type: 'text', nullable: true })
  level?: Level | null;

  @Field(() => String, { nullable: true, description: '上级部门代码' })
  @Property({ nullable: true })
  parent?: string | null;

  @Field(() => GraphQLISODateTime, { description: '登记时间' })
  @Property()
  registeredAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '撤销时间\nWhen a reform ended it.' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '承接部门代码\nThe department that has taken over from it.' })
  @Property({ nullable: true })
  successor?: string | null;

  @Field(() => [FormerName], {
    description: '曾用名称\nThe oldest first; what was done before `until` was done under it.',
  })
  @Property({ type: 'json' })
  formerNames!: FormerName[];
}

export const DepartmentConnection = defineConnection(Department, { title: '部门' });

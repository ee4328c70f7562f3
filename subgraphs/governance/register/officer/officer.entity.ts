import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import type { SubjectHash } from '../../../../shared/evidence/keys/index.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Roles } from '../department/role.enum.js';

@Resource({ code: '900001/000003', name: '数据管理员名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '经办人员\nA named person who acts for a department (QZ-9.2c).' })
export class Officer {
  [EntityName]?: 'Officer';

  @Field({ description: '账号标识' })
  @PrimaryKey()
  subject!: string;

  @Field({ description: '姓名' })
  @Property()
  name!: string;

  @Field({ description: '所属部门代码' })
  @Property()
  department!: string;

  @Field(() => [Roles], { description: '角色' })
  @Property({ type: 'json' })
  roles!: Role[];

  @Field({ description: '是否停用' })
  @Property()
  suspended!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '实名核验时间' })
  @Property({ type: 'datetime', nullable: true })
  verifiedAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: '实名核验凭据\nReference of the check, never the identity number.',
  })
  @Property({ nullable: true })
  verification?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '同一人员的首个账号\nAccounts with the same value are one person’s; null where no other account of the person is known.',
  })
  @Property({ nullable: true })
  person?: string | null;

  /** Keyed hashes of the identity number, by which another account of the person is found; the number is not kept. */
  @Property({ type: 'json', nullable: true })
  identity?: readonly SubjectHash[] | null;
}

export const OfficerConnection = defineConnection(Officer, { title: '经办人员' });

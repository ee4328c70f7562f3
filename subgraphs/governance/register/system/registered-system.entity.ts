import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000002', name: '接入系统名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '接入系统\nA system of a department, known by its OpenID client id.' })
export class RegisteredSystem {
  [EntityName]?: 'RegisteredSystem';

  @Field({ description: '客户端标识' })
  @PrimaryKey()
  clientId!: string;

  @Field({ description: '系统名称' })
  @Property()
  name!: string;

  @Field({ description: '所属部门代码' })
  @Property()
  department!: string;

  @Field({ description: '是否暂停' })
  @Property()
  suspended!: boolean;

  @Field(() => [String], { description: '登录回调地址\nWhere persons who sign in through it are sent back to.' })
  @Property({ type: 'json' })
  redirectUris!: string[];

  @Field({
    description:
      '是否在浏览器中运行\nIt runs in a browser and keeps no secret: persons sign in through it, by PKCE alone.',
  })
  @Property()
  browser!: boolean;

  @Field(() => [String], {
    description: '已登记操作\nSHA-256, hexadecimal, of the operations that are registered for it.',
  })
  @Property({ type: 'json' })
  trustedDocuments!: string[];

  @Field({ description: '是否仅限已登记操作\nIt runs the registered operations and nothing else.' })
  @Property()
  trustedDocumentsOnly!: boolean;
}

export const RegisteredSystemConnection = defineConnection(RegisteredSystem, { title: '接入系统' });

import { Field, InputType } from 'type-graphql';
import { ROLES, type Role } from '../../../../shared/kernel/index.js';
import { LEVELS, type Level } from './level.rule.js';

@InputType({ description: '部门登记内容' })
export class DepartmentInput {
  @Field({ description: '部门代码\n2 to 63 small letters, digits and hyphens; it never changes.' })
  code!: string;

  @Field({ description: '部门名称\nAt most 60 characters; none that can be taken for another department’s.' })
  name!: string;

  @Field({ description: '统一社会信用代码\nGB 32100.' })
  creditCode!: string;

  @Field(() => String, { description: `行政层级\nOf ${LEVELS.join(', ')}.` })
  level!: Level;

  @Field(() => String, { nullable: true, description: '上级部门代码' })
  parent?: string;

  @Field(() => [String], { description: `角色\nOf ${ROLES.join(', ')}.` })
  roles!: Role[];
}

@InputType({ description: '接入系统登记内容' })
export class SystemInput {
  @Field({ description: '客户端标识\nThe OpenID client id.' })
  clientId!: string;

  @Field({ description: '系统名称\nAt most 60 characters.' })
  name!: string;

  @Field({ description: '所属部门代码' })
  department!: string;
}

import { Field, InputType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Levels } from './level.enum.js';
import type { Level } from './level.rule.js';
import { Roles } from './role.enum.js';

@InputType({ description: '部门登记内容' })
export class DepartmentInput {
  @Field({ description: '部门代码\n2 to 63 small letters, digits and hyphens; it never changes.' })
  code!: string;

  @Field({ description: '部门名称\nAt most 60 characters; none that can be taken for another department’s.' })
  name!: string;

  @Field({ description: '统一社会信用代码\nGB 32100.' })
  creditCode!: string;

  @Field(() => Levels, { description: '行政层级' })
  level!: Level;

  @Field(() => String, { nullable: true, description: '上级部门代码' })
  parent?: string;

  @Field(() => [Roles], { description: '角色' })
  roles!: Role[];
}

import { Field, InputType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Levels } from './level.enum.js';
import type { Level } from './level.rule.js';
import { Roles } from './role.enum.js';

@InputType({ description: '部门变更内容\nA field that is left out stays as it is.' })
export class DepartmentChange {
  @Field(() => String, { nullable: true, description: '统一社会信用代码\nGB 32100.' })
  creditCode?: string | null;

  @Field(() => Levels, { nullable: true, description: '行政层级' })
  level?: Level | null;

  @Field(() => String, { nullable: true, description: '上级部门代码\nNull: it has none any more.' })
  parent?: string | null;

  @Field(() => [Roles], { nullable: true, description: '角色\nAll that it has from now on.' })
  roles?: Role[] | null;
}

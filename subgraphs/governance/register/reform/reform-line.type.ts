import { Field, InputType, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import type { Post } from '../../core/index.js';
import { Posts } from '../officer/appointment.entity.js';

export const ReformLineKinds = defineEnum('ReformLineKind', '机构改革方案事项', {
  END: '撤销部门',
  RESOURCE: '划转目录资源',
  SCENARIO: '划转应用场景',
  SYSTEM: '划转接入系统',
  PERSON: '转隶人员',
});
export type ReformLineKind = keyof typeof ReformLineKinds;

/** One line of a plan. */
export interface ReformLine {
  readonly kind: ReformLineKind;
  readonly id: string;
  readonly to: string;
  readonly posts?: readonly Post[] | undefined;
}

const ID =
  'Code of a department or resource, client id, account; a scenario as `department/code`. END: whatever is not placed by a line of its own goes to `to`.';

@InputType('ReformLineInput', { description: '机构改革方案事项' })
export class ReformLineInput implements ReformLine {
  @Field(() => ReformLineKinds, { description: '事项类型' })
  kind!: ReformLineKind;

  @Field({ description: `事项标识\n${ID}` })
  id!: string;

  @Field({ description: '承接部门代码' })
  to!: string;

  @Field(() => [Posts], {
    nullable: true,
    description: '在承接部门的岗位\nOf a person; without it they hold none there.',
  })
  posts?: Post[];
}

@Share('UNCONDITIONAL')
@ObjectType('ReformLine', { description: '机构改革方案事项' })
export class ReformLineView {
  @Field(() => ReformLineKinds, { description: '事项类型' })
  kind!: ReformLineKind;

  @Field({ description: `事项标识\n${ID}` })
  id!: string;

  @Field({ description: '承接部门代码' })
  to!: string;

  @Field(() => [Posts], { nullable: true, description: '在承接部门的岗位' })
  posts?: Post[];
}

@InputType({ description: '机构改革方案内容' })
export class ReformInput {
  @Field({ description: '名称' })
  title!: string;

  @Field(() => [String], { description: '依据文件' })
  basis!: string[];

  @Field(() => Date, { description: '执行时间\nIt is carried out then, once another person has confirmed it.' })
  effectiveAt!: Date;

  @Field(() => [ReformLineInput], { description: '方案事项' })
  lines!: ReformLineInput[];
}

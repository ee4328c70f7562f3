import { Field, Float, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { GrantMode } from '../../../shared/kernel/index.js';
import { Share, Subject } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { GrantModes } from '../grant/index.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '本人数据的使用\nOne use as a citizen is told of it; officers are not named.' })
export class SubjectUse {
  @Field(() => GraphQLISODateTime, { description: '获取时间' })
  time!: Date;

  @Field(() => String, { nullable: true, description: '使用部门代码' })
  department?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '使用部门名称\nThat of its time; absent where the record is of before names were recorded.',
  })
  departmentName?: string | null;

  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | null;

  @Field(() => String, { nullable: true, description: '具体用途' })
  purpose?: string | null;

  @Field(() => [String], { description: '依据\nOf the grants that the release rests on.' })
  basis!: readonly string[];

  @Field(() => [String], { description: '提供的信息项坐标\nOf everybody in the operation.' })
  released!: readonly string[];

  @Field(() => GrantModes, { description: '获取方式' })
  mode!: GrantMode;

  @Field({ description: '请求编号\nBy which the auditor finds the whole record.' })
  requestId!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '本人数据的使用分页\nNewest first.' })
export class SubjectUseConnection extends defineConnection(SubjectUse, { title: '本人数据的使用' }) {
  @Subject('PERSON')
  @Field({ description: '公民身份号码\nWho was asked for.' })
  identifier!: string;

  @Field(() => Float, { description: '使用次数\nOf those that are told, on all pages.' })
  total!: number;

  @Field(() => Float, { description: '封存的使用次数\nUses that are not told until a date.' })
  withheld!: number;
}

import { Field, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import type { Coordinate, GrantMode, Mask } from '../../../shared/kernel/index.js';
import { GrantModes, MaskForms } from './share-grant.entity.js';

@InputType({ description: '脱敏项' })
export class MaskedItemInput {
  @Field(() => String)
  coordinate!: Coordinate;

  @Field(() => MaskForms)
  as!: Mask;
}

@InputType({ description: '授权内容' })
export class GrantInput {
  @Field({ description: '使用部门代码' })
  department!: string;

  @Field({ description: '场景代码\nOf that department.' })
  scenario!: string;

  @Field(() => GrantModes, { defaultValue: 'QUERY', description: '使用方式' })
  mode!: GrantMode;

  @Field(() => [String], { description: '信息项坐标\nSchema coordinates, Type.field; at most 500.' })
  coordinates!: Coordinate[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '生效时间\nNow where absent.' })
  from?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间\nOne year from `from` where absent.' })
  until?: Date;

  @Field(() => [String], { nullable: true, description: '行范围\nDivision code prefixes, 2 to 9 digits.' })
  rows?: string[];

  @Field(() => Int, { nullable: true, description: '每日次数上限' })
  quotaPerDay?: number;

  @Field(() => [MaskedItemInput], { nullable: true, description: '脱敏项' })
  masks?: MaskedItemInput[];

  @Field({ nullable: true, description: '协调文号' })
  coordination?: string;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[];

  @Field({ nullable: true, description: '原因' })
  reason?: string;
}

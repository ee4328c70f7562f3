import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import type { SubjectKind } from '../../../../shared/trust/protected-subjects.js';
import { Refusal } from '../../core/index.js';
import { SubjectKinds, SubjectProtection } from './subject-protection.entity.js';

@InputType({ description: '受保护主体' })
export class ProtectedSubjectInput {
  @Field(() => SubjectKinds, { description: '主体类型' })
  kind!: SubjectKind;

  @Field({ description: '公民身份号码或者统一社会信用代码\nIt is sealed at once, and shown to nobody again.' })
  identifier!: string;
}

@InputType({ description: '不受保护影响的场景' })
export class ProtectionPurposeInput {
  @Field({ description: '部门代码' })
  department!: string;

  @Field({ description: '场景代码' })
  scenario!: string;
}

@InputType({ description: '主体保护内容' })
export class ProtectionInput {
  @Field(() => ProtectedSubjectInput, { description: '受保护主体' })
  subject!: ProtectedSubjectInput;

  @Field(() => [ProtectionPurposeInput], {
    description: '不受影响的场景\nNone or at most 100; the own department’s too, where it is to go on.',
  })
  purposes!: ProtectionPurposeInput[];

  @Field({ description: '本部门案卷号\nAt most 100 characters; it names nobody.' })
  reference!: string;

  @Field({ description: '原因\nAt most 300 characters; it names nobody.' })
  reason!: string;

  @Field(() => [String], { description: '依据' })
  basis!: string[];

  @Field(() => GraphQLLocalDate, { description: '截止日期\nThe last day, inclusive; ten years at most.' })
  until!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '主体保护办理结果\nExactly one of `protection` and `refusal` is set.' })
export class ProtectionResult {
  @Field(() => SubjectProtection, { nullable: true, description: '主体保护' })
  protection?: SubjectProtection;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

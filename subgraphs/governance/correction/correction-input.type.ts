import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { defineEnum } from '../../../shared/subgraph/index.js';
import type { MismatchFinding } from './commands/correction-command.rule.js';
import {
  type CorrectionKind,
  CorrectionKinds,
  type DisputedSubjectKind,
  SubjectKinds,
  Verdicts,
} from './correction.entity.js';
import type { Verdict } from './correction-state.rule.js';

export const MismatchFindings = defineEnum<MismatchFinding>('MismatchFinding', '比对不一致的核查结果', {
  OWN_WRONG: '本部门数据有误，已更正',
  OWN_RIGHT: '本部门数据无误，请提供部门核实',
});

@InputType({ description: '数据主体\nKept encrypted; only the provider’s administrators and whoever reports see it.' })
export class DisputedSubjectInput {
  @Field(() => SubjectKinds, { description: '种类' })
  kind!: DisputedSubjectKind;

  @Field({ description: '标识\nCitizen identity number, or unified social credit code.' })
  identifier!: string;
}

@InputType({ description: '纠错内容' })
export class CorrectionInput {
  @Field(() => CorrectionKinds, {
    description: '种类\nMISMATCH: the own record differs, and is looked at first (`feedBackMismatch`).',
  })
  kind!: CorrectionKind;

  @Field(() => DisputedSubjectInput, { description: '数据主体' })
  subject!: DisputedSubjectInput;

  @Field(() => [String], { description: '信息项坐标\nOf one provider, at most 20.' })
  items!: string[];

  @Field({ description: '问题描述\nBrief and precise, at most 500 characters.' })
  description!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '错误起始时间\nWhere it is known.' })
  errorSince?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '发现时间' })
  foundAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: '本人身份核验\nAt a desk: how it was made sure that the person is the one concerned.',
  })
  identityCheck?: string | null;
}

@InputType({ description: '核实结论' })
export class CorrectionDecisionInput {
  @Field(() => Verdicts, { description: '结论' })
  verdict!: Verdict;

  @Field(() => [String], {
    nullable: true,
    description: '予以更正的信息项\nSome of those reported, with PARTLY; all where absent.',
  })
  items?: string[] | null;

  @Field({ description: '理由' })
  reason!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '错误起始时间\nIn place of the reported one.' })
  errorSince?: Date | null;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[] | null;
}

import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import { Roles } from '../../register/index.js';
import { AgreedTermsInput } from '../draft/terms.type.js';
import type { Basis } from './review-process.js';
import type { CitedBasis, RoleDecision } from './review-state.rule.js';

export const BasisKinds = defineEnum<Basis>('BasisKind', '依据种类', {
  LAW: '法律',
  REGULATION: '法规',
  ADMINISTRATIVE_REGULATION: '行政法规',
  RULE: '规章',
  CENTRAL_POLICY: '党中央国务院政策',
  PROVINCIAL_POLICY: '省委省政府政策',
  STATE_PROVISION: '国家有关规定',
});

export const Verdicts = defineEnum('Verdict', '审核意见', {
  AGREE: '同意',
  REFUSE: '不同意',
  ASK_CHANGES: '退回补正',
});
export type Verdict = keyof typeof Verdicts;

export const NegotiationOutcomes = defineEnum('NegotiationOutcome', '协商结果', {
  OPEN: '继续协商',
  AGREED: '达成一致',
  FAILED: '未达成一致',
});
export type NegotiationOutcome = keyof typeof NegotiationOutcomes;

export const Reviewers = defineEnum('Reviewer', '审核角色', {
  PROVIDER: '数据提供部门',
  AUTHORITY: '主管部门',
  SECRECY_REVIEWER: '保密主管部门',
});
export type Reviewer = keyof typeof Reviewers;
/** The role of each reviewer. */
export const REVIEWERS = {
  PROVIDER: 'provider',
  AUTHORITY: 'authority',
  SECRECY_REVIEWER: 'secrecy-reviewer',
} as const satisfies Record<Reviewer, Role>;

@InputType({ description: '引用的依据' })
export class BasisInput implements CitedBasis {
  @Field(() => BasisKinds, { description: '依据种类' })
  kind!: Basis;

  @Field({ description: '条文' })
  provision!: string;
}

@InputType({ description: '审核决定' })
export class DecisionInput {
  @Field(() => Verdicts, { description: '审核意见' })
  verdict!: Verdict;

  @Field(() => Reviewers, {
    nullable: true,
    description: '以何角色决定\nAbsent: the role of the open step that the caller acts in.',
  })
  as?: Reviewer;

  @Field(() => AgreedTermsInput, { nullable: true, description: '同意共享的内容' })
  terms?: AgreedTermsInput;

  @Field(() => Boolean, { nullable: true, description: '是否为履行职责所需\nThe finding on duty need (HZ-8.5b).' })
  dutyNeed?: boolean;

  @Field(() => String, { nullable: true, description: '理由' })
  reason?: string;

  @Field(() => [BasisInput], { nullable: true, description: '不予共享的依据' })
  bases?: BasisInput[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '引用的依据' })
export class CitedProvision {
  @Field(() => BasisKinds, { description: '依据种类' })
  kind!: Basis;

  @Field({ description: '条文' })
  provision!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '审核决定' })
export class ReviewDecision {
  @Field(() => Int, { description: '步骤\nFrom 1.' })
  step!: number;

  @Field(() => Roles, { description: '审核角色' })
  role!: Role;

  @Field(() => Verdicts, { description: '审核意见' })
  verdict!: Verdict;

  @Field({ description: '决定部门代码' })
  department!: string;

  @Field({ description: '决定人账号' })
  by!: string;

  @Field(() => GraphQLISODateTime, { description: '决定时间' })
  at!: Date;

  @Field(() => String, { nullable: true, description: '理由' })
  reason?: string;

  @Field(() => [CitedProvision], { description: '不予共享的依据' })
  bases!: CitedProvision[];

  static of({ step, as, at, bases = [], ...same }: RoleDecision): ReviewDecision {
    const provisions = bases.map((basis) => Object.assign(new CitedProvision(), basis));
    return Object.assign(new ReviewDecision(), same, {
      step: step + 1,
      role: as,
      at: new Date(at),
      bases: provisions,
    });
  }
}

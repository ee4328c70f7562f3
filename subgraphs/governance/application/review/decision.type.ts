import { Field, GraphQLISODateTime, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import type { Basis } from './review-process.rule.js';
import { AgreedTermsInput } from '../draft/terms.type.js';
import type { CitedBasis, RoleDecision } from './review-state.rule.js';

/** Kinds of provision that a refusal may rest on; which of them count is the law's to say. */
const BASIS_KINDS = [
  ...[
    'LAW',
    'REGULATION',
    'ADMINISTRATIVE_REGULATION',
    'RULE',
    'CENTRAL_POLICY',
    'PROVINCIAL_POLICY',
    'STATE_PROVISION',
  ],
] as readonly Basis[];
const named = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { readonly [K in T]: K };
export const BasisKinds = named(BASIS_KINDS);
registerEnumType(BasisKinds, {
  name: 'BasisKind',
  description: '依据种类\n法律、法规、行政法规、规章、党中央国务院政策、省委省政府政策、国家有关规定。',
});

export const VERDICTS = ['AGREE', 'REFUSE', 'ASK_CHANGES'] as const;
export const Verdicts = named(VERDICTS);
registerEnumType(Verdicts, { name: 'Verdict', description: '审核意见\n同意、不同意、退回补正。' });
export const NegotiationOutcomes = named(['OPEN', 'AGREED', 'FAILED'] as const);
registerEnumType(NegotiationOutcomes, { name: 'NegotiationOutcome', description: '协商结果' });

/** How roles are written in the graph. */
export const REVIEWERS = {
  PROVIDER: 'provider',
  AUTHORITY: 'authority',
  SECRECY_REVIEWER: 'secrecy-reviewer',
} as const satisfies Record<string, Role>;
export type Reviewer = keyof typeof REVIEWERS;
export const Reviewers = named(Object.keys(REVIEWERS) as Reviewer[]);
registerEnumType(Reviewers, { name: 'Reviewer', description: '审核角色' });

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
  verdict!: (typeof VERDICTS)[number];

  @Field(() => Reviewers, {
    nullable: true,
    description: '以何角色决定\nWhere absent, the one of the open step that the caller acts in.',
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

  @Field({ description: '审核角色' })
  role!: string;

  @Field({ description: '审核意见\nAGREE or REFUSE.' })
  verdict!: string;

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
    return Object.assign(new ReviewDecision(), same, { step: step + 1, role: as, at: new Date(at), bases: provisions });
  }
}

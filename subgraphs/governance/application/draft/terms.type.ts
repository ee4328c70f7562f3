import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import type { Coordinate, GrantMode, VerificationDetail } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { GrantModes, MaskedItem, MaskedItemInput, VerificationDetails } from '../../grant/index.js';
import type { Narrowing, Terms } from './terms.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '共享内容\nTerms that are asked for, or that the decisions have left.' })
export class SharedTerms {
  @Field(() => GrantModes, { description: '使用方式' })
  mode!: GrantMode;

  @Field(() => [String], { description: '信息项坐标' })
  coordinates!: string[];

  @Field(() => [String], { nullable: true, description: '行范围\nDivision code prefixes; all rows where null.' })
  rows?: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间' })
  from?: Date;

  @Field(() => GraphQLISODateTime, { description: '终止时间' })
  until!: Date;

  @Field(() => Int, { nullable: true, description: '每日使用次数上限\nEach value of an item in an answer is a use.' })
  quotaPerDay?: number;

  @Field(() => [VerificationDetails], {
    nullable: true,
    description: '核查结果明细\nOne outcome for all claims together where null.',
  })
  verificationDetails?: VerificationDetail[];

  @Field(() => [MaskedItem], { description: '脱敏项' })
  masked!: MaskedItem[];

  @Field(() => [String], { description: '附加条件' })
  conditions!: string[];

  static of(terms: Terms): SharedTerms {
    const { mode, coordinates, rows, from, until, quotaPerDay, verificationDetails, masks, conditions } = terms;
    return Object.assign(new SharedTerms(), {
      mode,
      coordinates: [...coordinates],
      until: new Date(until),
      quotaPerDay,
      conditions: [...conditions],
      ...(rows && { rows: [...rows] }),
      ...(verificationDetails && { verificationDetails: [...verificationDetails] }),
      ...(from !== undefined && { from: new Date(from) }),
      masked: Object.entries(masks).map(([coordinate, as]) => Object.assign(new MaskedItem(), { coordinate, as })),
    });
  }
}

@InputType({
  description: '同意共享的内容\nFields that are left out stay as they were asked for; none can become wider.',
})
export class AgreedTermsInput {
  @Field(() => GrantModes, { nullable: true, description: '使用方式' })
  mode?: GrantMode;

  @Field(() => [String], { nullable: true, description: '信息项坐标' })
  coordinates?: Coordinate[];

  @Field(() => [String], { nullable: true, description: '行范围' })
  rows?: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间' })
  from?: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间' })
  until?: Date;

  @Field(() => Int, { nullable: true, description: '每日使用次数上限\nEach value of an item in an answer is a use.' })
  quotaPerDay?: number;

  @Field(() => [VerificationDetails], {
    nullable: true,
    description: '核查结果明细\nAn empty list leaves one outcome for all claims together.',
  })
  verificationDetails?: VerificationDetail[];

  @Field(() => [MaskedItemInput], { nullable: true, description: '脱敏项' })
  masks?: MaskedItemInput[];

  @Field(() => [String], { nullable: true, description: '附加条件' })
  conditions?: string[];
}

/** Converts the input to a narrowing of terms; fields that are null or absent change nothing. */
export function toNarrowing(input: AgreedTermsInput | undefined): Narrowing {
  const { from, until, masks, ...same } = input ?? {};
  const given = Object.fromEntries(Object.entries(same).filter(([, value]) => value != null)) as Narrowing;
  return {
    ...given,
    ...(from && { from: from.getTime() }),
    ...(until && { until: until.getTime() }),
    ...(masks && {
      masks: Object.fromEntries(masks.map(({ coordinate, as }) => [coordinate, as])),
    }),
  };
}

import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import type { GrantMode, VerificationDetail } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import { GrantModes, VerificationDetails } from '../../grant/index.js';

/** The uses that the law names. @source CZ-11j */
export const DataUses = defineEnum('DataUse', '用途类别', {
  ADMINISTRATIVE_BASIS: '行政依据',
  WORK_REFERENCE: '工作参考',
  VERIFICATION: '数据校核',
  COOPERATION: '业务协同',
});
export type DataUse = keyof typeof DataUses;

/** Data that the catalogue does not have. @source YN-17a */
@InputType()
@ObjectType()
class Uncatalogued {
  @Field({ description: '提供部门代码' })
  provider!: string;

  @Field({ description: '所需数据描述' })
  description!: string;
}
@InputType({ description: '目录外需求' })
export class UncataloguedInput extends Uncatalogued {}
@Share('UNCONDITIONAL')
@ObjectType({ description: '目录外需求' })
export class UncataloguedNeed extends Uncatalogued {}

/** Fields of an application's form. A draft may leave out any of them. */
@InputType()
@ObjectType()
class FormFields {
  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: '是否适用特别程序\nFor the bodies that have one (QZ-5.9).' })
  special?: boolean | undefined;

  @Field(() => [String], {
    nullable: true,
    description: '知悉人员账号\nPersons who see an application by special procedure beside the authority (QZ-5.9).',
  })
  applicants?: string[] | undefined;

  @Field(() => GrantModes, { nullable: true, description: '使用方式' })
  mode?: GrantMode | undefined;

  @Field(() => [String], { nullable: true, description: '信息项坐标\nSchema coordinates, Type.field; at most 500.' })
  coordinates?: string[] | undefined;

  @Field(() => String, { nullable: true, description: '所服务的职能编号\nOf the own department (HZ-3.4a).' })
  duty?: string | undefined;

  @Field(() => String, { nullable: true, description: '共享需求' })
  need?: string | undefined;

  @Field(() => String, { nullable: true, description: '申请理由' })
  reason?: string | undefined;

  @Field(() => String, { nullable: true, description: '用途' })
  use?: string | undefined;

  @Field(() => [DataUses], { nullable: true, description: '用途类别' })
  uses?: DataUse[] | undefined;

  @Field(() => String, { nullable: true, description: '使用范围' })
  scopeOfUse?: string | undefined;

  @Field(() => String, { nullable: true, description: '安全管理措施' })
  securityMeasures?: string | undefined;

  @Field(() => String, { nullable: true, description: '联系人' })
  contactName?: string | undefined;

  @Field(() => String, { nullable: true, description: '联系电话' })
  contactPhone?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: '批量交换的必要性\nWhy neither queries nor verification will do (QZ-5.3d).',
  })
  bulkFinding?: string | undefined;

  @Field(() => [String], { nullable: true, description: '行范围\nDivision code prefixes; all rows where absent.' })
  rows?: string[] | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nAbsent: with the decision.' })
  from?: Date | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间\nAbsent: one year after it begins.' })
  until?: Date | undefined;

  @Field(() => Int, { nullable: true, description: '每日使用次数上限\nEach value of an item in an answer is a use.' })
  quotaPerDay?: number | undefined;

  @Field(() => [VerificationDetails], {
    nullable: true,
    description:
      '核查结果明细\nOnly for the mode VERIFY. Absent: one outcome for all claims together, which tells nothing of records.',
  })
  verificationDetails?: VerificationDetail[] | undefined;
}

@InputType({ description: '共享申请内容\nA draft may leave out everything; what is findMissingRoles is told.' })
export class ApplicationInput extends FormFields {
  @Field(() => UncataloguedInput, {
    nullable: true,
    description: '目录外需求\nData that the catalogue does not have (YN-17).',
  })
  uncatalogued?: UncataloguedInput | undefined;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '共享申请内容' })
export class ApplicationForm extends FormFields {
  @Field(() => UncataloguedNeed, { nullable: true, description: '目录外需求' })
  uncatalogued?: UncataloguedNeed | undefined;
}

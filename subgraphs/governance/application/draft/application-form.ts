import { Field, GraphQLISODateTime, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { GrantMode } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { GrantModes } from '../../grant/index.js';

/** Uses that CZ-11j names. */
export const USES = ['ADMINISTRATIVE_BASIS', 'WORK_REFERENCE', 'VERIFICATION', 'COOPERATION'] as const;
export type Use = (typeof USES)[number];
export const Uses = Object.fromEntries(USES.map((use) => [use, use])) as { readonly [U in Use]: U };
registerEnumType(Uses, { name: 'DataUse', description: '用途类别\n行政依据、工作参考、数据校核、业务协同 (CZ-11j).' });

/** What is asked for that the catalogue does not have. @source YN-17a */
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

/** Everything that can be typed into an application. All of it may be absent in a draft. */
@InputType()
@ObjectType()
class FormFields {
  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: '是否适用特别程序\nFor the bodies that have one (QZ-5.9).' })
  special?: boolean | undefined;

  @Field(() => [String], {
    nullable: true,
    description: '知悉人员账号\nWho sees an application by special procedure beside the authority (QZ-5.9).',
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

  @Field(() => [Uses], { nullable: true, description: '用途类别' })
  uses?: Use[] | undefined;

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

  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nWith the decision where absent.' })
  from?: Date | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间\nOne year after it begins where absent.' })
  until?: Date | undefined;

  @Field(() => Int, { nullable: true, description: '每日次数上限' })
  quotaPerDay?: number | undefined;
}

@InputType({ description: '共享申请内容\nA draft may leave out everything; what is findMissingRoles is told.' })
export class ApplicationInput extends FormFields {
  @Field(() => UncataloguedInput, {
    nullable: true,
    description: '目录外需求\nWhat the catalogue does not have (YN-17).',
  })
  uncatalogued?: UncataloguedInput | undefined;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '共享申请内容' })
export class ApplicationForm extends FormFields {
  @Field(() => UncataloguedNeed, { nullable: true, description: '目录外需求' })
  uncatalogued?: UncataloguedNeed | undefined;
}

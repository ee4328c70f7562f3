import type { Text } from '../../../../shared/kernel/index.js';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Worded } from '../../../../shared/subgraph/index.js';
import { FindingSeverity } from '../../catalogue/index.js';
import { Refusal } from '../../core/index.js';
import type { FindingCode, FormFinding } from './form-finding.js';
import { ShareApplication } from './share-application.entity.js';

export const FindingCodes = defineEnum<FindingCode>('ApplicationFindingCode', '申请审查意见代码', {
  ALREADY_APPLIED: '已有相同申请',
  ALREADY_GRANTED: '已获授权',
  APPLICANT_UNKNOWN: '无此人员',
  DETAILS_UNFIT: '明细不适用',
  DUTY_MISSING: '未填职能',
  DUTY_UNKNOWN: '无此职能',
  ITEMS_MISSING: '未填信息项',
  ITEM_UNKNOWN: '无此信息项',
  MODE_CLOSED: '不得以此方式使用',
  MODE_MISSING: '未填使用方式',
  NOT_A_SPECIAL_BODY: '不适用特别程序',
  NO_APPLICATION_NEEDED: '无需申请',
  NO_OTHER_DECIDER: '无其他部门可决定',
  OWN_ITEM: '本部门数据',
  PART_GONE: '已无申请内容',
  PART_MISSING: '栏目未填',
  PERIOD_WRONG: '期限有误',
  POST_VACANT: '岗位空缺',
  PROCEDURE_UNKNOWN: '无此程序',
  PROVIDER_UNKNOWN: '无此提供部门',
  QUOTA_WRONG: '次数有误',
  ROWS_WRONG: '行范围有误',
  SCENARIO_MISSING: '未填场景',
  SCENARIO_UNKNOWN: '无此场景',
});

@Share('UNCONDITIONAL')
@ObjectType({
  description: '申请审查意见\nSomething to correct before an application can be submitted, or to consider.',
})
export class ApplicationFinding {
  @Field(() => FindingCodes, { description: '代码' })
  code!: FindingCode;

  @Field(() => FindingSeverity, {
    description: '程度\nAn application with errors cannot be sent; one with warnings can.',
  })
  severity!: FindingSeverity;

  @Field({ description: '所在栏目\nField of the input.' })
  part!: string;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;

  @Field(() => [String], { description: '所依条款\nEmpty where it is a rule of the hub.' })
  clauses!: string[];

  @Field(() => String, { nullable: true, description: '重复的申请或者授权编号' })
  duplicates?: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '其终止时间' })
  until?: Date;

  static of({ clauses, duplicate, ...finding }: FormFinding): ApplicationFinding {
    return Object.assign(new ApplicationFinding(), finding, {
      clauses: [...clauses],
      ...(duplicate && { duplicates: duplicate.id, until: new Date(duplicate.until) }),
    });
  }
}

@Share('UNCONDITIONAL')
@ObjectType({
  description: '申请办理结果\nThe application as it is now, also beside a refusal: nothing that was typed is lost.',
})
export class ApplicationResult {
  @Field(() => ShareApplication, { nullable: true, description: '共享申请' })
  application?: ShareApplication | undefined;

  @Field(() => [ApplicationFinding], {
    description:
      '审查意见\nEverything that still has to be corrected, and what repeats another application or a grant.',
  })
  findings!: ApplicationFinding[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal | undefined;
}

export const ShareApplicationConnection = defineConnection(ShareApplication, { title: '共享申请' });

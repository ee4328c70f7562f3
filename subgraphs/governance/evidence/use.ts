import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AccessRecord, Outcome } from '../../../shared/evidence/index.js';
import type { GrantMode } from '../../../shared/kernel/index.js';
import { Resource, Share, Subject } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { GrantModes } from '../grant/index.js';
import { UseOutcomes } from './use-filter.js';

const UseMedia = { ONLINE: 'ONLINE', FILE: 'FILE' } as const satisfies Record<AccessRecord['medium'], string>;
registerEnumType(UseMedia, {
  name: 'UseMedium',
  description: '介质类型',
  valuesConfig: { ONLINE: { description: '在线' }, FILE: { description: '文件' } },
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '被使用的信息项' })
export class UsedItem {
  @Field({ description: '信息项坐标' })
  coordinate!: string;

  @Field(() => String, { nullable: true, description: '资源代码' })
  resource?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '被拒绝的信息项' })
export class DeniedItem extends UsedItem {
  @Field({ description: '原因代码' })
  code!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '使用依据\nA grant that the release rests on.' })
export class UseApproval {
  @Field({ description: '授权编号' })
  grant!: string;

  @Field({ description: '批准人' })
  approver!: string;

  @Field(() => [String], { description: '依据' })
  basis!: readonly string[];

  @Field(() => Int, {
    nullable: true,
    description: '计入每日额度的次数\nNull where no quota counts, and for a provider, whose items they may not be.',
  })
  uses?: number | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '提供部门同意\nA consent that a required input or a key was sent under.' })
export class UseConsent {
  @Field({ description: '同意编号' })
  consent!: string;

  @Field(() => String, { nullable: true, description: '提供部门代码\nNull in records from before it was kept.' })
  owner?: string | null;

  @Field(() => String, { nullable: true, description: '信息项坐标' })
  item?: string | null;

  @Field(() => [String], { description: '同意人' })
  decidedBy!: readonly string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '提供的记录数' })
export class RowCount {
  @Field({ description: '类型' })
  type!: string;

  @Field(() => Int, { description: '数量' })
  count!: number;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '发送给子图的信息项\nKeys and required inputs that a subgraph was sent.' })
export class SentItems {
  @Field({ description: '子图' })
  subgraph!: string;

  @Field(() => [String], { description: '信息项坐标' })
  coordinates!: readonly string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '脱敏方式' })
export class ItemMask {
  @Field({ description: '信息项坐标' })
  coordinate!: string;

  @Field({ description: '脱敏规则' })
  mask!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据范围\nDivisions within which an item, or the rows of a type, were given.' })
export class UseScope {
  @Field({ description: '信息项坐标\nOr the name of a type.' })
  coordinate!: string;

  @Field(() => [String], { description: '行政区划代码' })
  divisions!: readonly string[];
}

@Resource({ code: '900001/000020', name: '数据使用记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@ObjectType({
  description: '使用记录\nOne operation, as far as the reader may see it: a provider its own items in it.',
})
export class Use {
  @Field(() => ID, { description: '序号\nIn the order in which uses were stored.' })
  position!: number;

  @Field(() => GraphQLISODateTime, { description: '获取时间' })
  time!: Date;

  @Field(() => String, { nullable: true, description: '使用部门代码\nNull where nobody could be identified.' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: '接入系统' })
  system?: string | null;

  @Field(() => String, { nullable: true, description: '使用人员' })
  person?: string | null;

  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | null;

  @Field(() => String, { nullable: true, description: '具体用途' })
  purpose?: string | null;

  @Field(() => [UseApproval], { description: '批准\nWhich grants, who approved them, on which basis.' })
  approvals!: readonly UseApproval[];

  @Field(() => [UseConsent], { description: '提供部门同意\nA provider sees those that it gave.' })
  consents!: readonly UseConsent[];

  @Field(() => [UsedItem], { description: '提供的信息项\nA value of it left.' })
  released!: readonly UsedItem[];

  @Field(() => [DeniedItem], { description: '拒绝的信息项' })
  denied!: readonly DeniedItem[];

  @Field(() => [UsedItem], { description: '内部使用的信息项\nRead to answer, never given out.' })
  internal!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '脱敏提供的信息项' })
  masked!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '没有数据的信息项\nAllowed; no record, or no value in it, was there.' })
  absent!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '未能取得的信息项\nAllowed, and lost to a failure.' })
  unavailable!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '作为查询条件的信息项\nRows were filtered or sorted by it.' })
  filtered!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '比对核查的信息项\nCompared with claims; no value of it was given.' })
  compared!: readonly UsedItem[];

  @Field(() => [UsedItem], { description: '统计的信息项\nStatistics were grouped, restricted or summed by it.' })
  aggregated!: readonly UsedItem[];

  @Field(() => [SentItems], { description: '发送给子图的信息项' })
  sent!: readonly SentItems[];

  @Field(() => [ItemMask], { description: '脱敏方式' })
  masks!: readonly ItemMask[];

  @Field(() => [UseScope], { description: '数据范围' })
  scopes!: readonly UseScope[];

  @Field(() => [RowCount], { description: '提供的记录数\nBy type.' })
  rows!: readonly RowCount[];

  @Field(() => Int, { description: '涉及的主体数' })
  subjectCount!: number;

  @Field(() => GrantModes, { description: '获取方式' })
  mode!: GrantMode;

  @Field(() => UseMedia, { nullable: true, description: '介质类型\nNull in records from before it was kept.' })
  medium?: AccessRecord['medium'] | null;

  @Field(() => UseOutcomes, { description: '办理结果' })
  outcome!: Outcome;

  @Field(() => String, { nullable: true, description: '错误代码\nOf what ended the request, when something did.' })
  code?: string | null;

  @Field(() => Int, { nullable: true, description: '次数\nRefusals of one kind within a second that this stands for.' })
  repeated?: number | null;

  @Field({ description: '请求编号' })
  requestId!: string;

  @Field(() => String, { nullable: true, description: '操作摘要\nSHA-256, hex.' })
  operation?: string | null;

  @Field(() => String, { nullable: true, description: '目录版本\nOf the graph that was in force.' })
  graphVersion?: string | null;

  @Field(() => Float, { nullable: true, description: '授权版本' })
  grantVersion?: number | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '使用记录分页\nNewest first.' })
export class UseConnection extends defineConnection(Use, { title: '使用记录' }) {
  @Subject('PERSON')
  @Field(() => String, { nullable: true, description: '公民身份号码\nThe person that was asked for.' })
  subject?: string | null;
}

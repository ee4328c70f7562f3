import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { ComparisonForm } from '../../../../../shared/share/claims/comparison-digests.js';
import { Resource, Share } from '../../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../../shared/subgraph/index.js';
import { Refusal } from '../../../core/index.js';
import { FREQUENCIES, type Frequency } from '../../../../../shared/law/calendar/frequency.js';

export const ComparisonForms = defineEnum<ComparisonForm>('ComparisonForm', '比对方式', {
  EXACT: '逐字比对',
  NAME: '名称比对',
  DATE: '日期比对',
  NUMBER: '数值比对',
});
export const CheckFrequencies = defineEnum<Frequency>('CheckFrequency', '多元校核周期', {
  DAILY: '每日',
  WEEKLY: '每周一',
  MONTHLY: '每月一日',
});
const STATES = ['ACTIVE', 'SUSPENDED', 'ENDED'] as const;
export type CheckState = (typeof STATES)[number];
export const CheckStates = defineEnum<CheckState>(
  'MultiSourceCheckState',
  '多元校核状态\nOne that is ACTIVE runs as long as both owners consent.',
  { ACTIVE: '已启用', SUSPENDED: '已暂停', ENDED: '已终止' },
);

@Resource({ code: '900001/000054', name: '多元校核名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('MultiSourceCheck', {
  description:
    '多元校核\nTwo departments’ items of the same subjects, compared on a schedule. A difference becomes a correction at each of them; neither learns the other’s value.',
})
export class MultiSourceCheck {
  [EntityName]?: 'MultiSourceCheck';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '名称' })
  @Property()
  name!: string;

  @Field({ description: '目的' })
  @Property()
  purpose!: string;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field({ description: '设立部门代码' })
  @Property()
  authority!: string;

  @Field({ description: '甲方信息项坐标' })
  @Property()
  leftItem!: string;

  @Field({ description: '甲方部门代码' })
  @Property()
  leftOwner!: string;

  @Field({ description: '乙方信息项坐标' })
  @Property()
  rightItem!: string;

  @Field({ description: '乙方部门代码' })
  @Property()
  rightOwner!: string;

  @Field(() => ComparisonForms, { description: '比对方式' })
  @Enum({ items: ['EXACT', 'NAME', 'DATE', 'NUMBER'] })
  form!: ComparisonForm;

  @Field({ description: '数值容差\nNumbers that differ by at most this agree.' })
  @Property({ type: 'double' })
  within!: number;

  @Field(() => CheckFrequencies, { description: '周期' })
  @Enum({ items: [...FREQUENCIES] })
  frequency!: Frequency;

  @Field(() => Int, { description: '开始时刻\nHour of the local day, 0 to 23.' })
  @Property()
  hour!: number;

  @Field(() => Int, { description: '每批主体数' })
  @Property()
  batchSize!: number;

  @Field(() => CheckStates, { description: '状态' })
  @Enum({ items: [...STATES] })
  state!: CheckState;

  @Field(() => GraphQLISODateTime, { description: '设立时间' })
  @Property()
  definedAt!: Date;

  @Property()
  definedBy!: string;

  @Field(() => GraphQLISODateTime, { description: '下次运行时间' })
  @Property()
  nextAt!: Date;

  @Field(() => String, { nullable: true, description: '暂停、恢复或者终止的原因' })
  @Property({ nullable: true })
  reason?: string | null;

  @Property()
  changedAt!: Date;

  @Property()
  changedBy!: string;
}

export const MultiSourceCheckConnection = defineConnection(MultiSourceCheck, { title: '多元校核' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '多元校核办理结果\nExactly one of `check` and `refusal` is set.' })
export class MultiSourceCheckResult {
  @Field(() => MultiSourceCheck, { nullable: true, description: '多元校核' })
  check?: MultiSourceCheck;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

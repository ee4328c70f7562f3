import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { FREQUENCIES, type Frequency } from '../../../../shared/law/calendar/frequency.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import type { QualityDimension } from '../../../../shared/share/quality/quality-rule.js';
import { QualityDimensions } from '../rule/quality-enums.js';
import type { Rates } from './score.rule.js';

export const QualityFrequencies = defineEnum<Frequency>('QualityFrequency', '质量检查周期', {
  DAILY: '每日',
  WEEKLY: '每周一',
  MONTHLY: '每月一日',
});
export const QUALITY_MODES = ['FULL', 'CHANGED'] as const;
export type QualityMode = (typeof QUALITY_MODES)[number];
export const QualityModes = defineEnum<QualityMode>(
  'QualityRunMode',
  '检查范围\nCHANGED: what was changed since the last run; it gives no score.',
  { FULL: '全部', CHANGED: '有变化的' },
);

@Share('UNCONDITIONAL')
@ObjectType({ description: '维度得分' })
export class QualityRate {
  @Field(() => QualityDimensions, { description: '质量维度' })
  dimension!: QualityDimension;

  @Field({ description: '合格率\n0 to 1.' })
  rate!: number;
}

@Resource({ code: '900001/000088', name: '资源质量得分', provider: 'data-bureau', updateCycle: 'DAILY' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('ResourceQuality', {
  description:
    '资源质量\nA resource with rules: when it is judged, and what the last run over all of its records has found.',
})
export class ResourceQuality {
  [EntityName]?: 'ResourceQuality';

  @Field({ description: '编号\nSubgraph and type, such as population.Resident.' })
  @PrimaryKey()
  id!: string;

  @Property()
  subgraph!: string;

  @Property()
  type!: string;

  @Field({ description: '资源代码' })
  @Property()
  resource!: string;

  @Field({ description: '资源名称' })
  @Property()
  name!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => QualityFrequencies, { description: '周期' })
  @Enum({ items: [...FREQUENCIES] })
  frequency!: Frequency;

  @Field(() => Int, { description: '开始时刻\nHour of the local day, 0 to 23.' })
  @Property()
  hour!: number;

  @Field(() => String, {
    nullable: true,
    description: '更新时间项\nField that tells when a record was changed; runs over what was changed go by it.',
  })
  @Property({ type: 'text', nullable: true })
  changeItem?: string | null;

  @Field(() => GraphQLISODateTime, { description: '下次检查时间' })
  @Property()
  nextAt!: Date;

  /** Of a run that somebody asked for and that has not begun. */
  @Property({ type: 'text', nullable: true })
  askedMode?: QualityMode | null;

  @Field(() => String, { nullable: true, description: '最近一次全部检查的编号' })
  @Property({ type: 'text', nullable: true })
  run?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '最近一次全部检查的时间' })
  @Property({ type: 'datetime', nullable: true })
  judgedAt?: Date | null;

  @Property({ type: 'integer', nullable: true })
  rowCount?: number | null;

  @Property({ type: 'double', nullable: true })
  rate?: number | null;

  @Property({ type: 'json' })
  rates!: Rates;

  @Field(() => Int, { description: '已检查规则数' })
  @Property()
  countedRules!: number;

  @Field(() => Int, { description: '未能检查规则数\nThey count as nothing good.' })
  @Property()
  stoppedRules!: number;

  @Field(() => Int, {
    description: '近三十日终止的规则数\nWithin the 30 days before the run: a score that has risen may rest on it.',
  })
  @Property()
  endedRules!: number;
}

export const ResourceQualityConnection = defineConnection(ResourceQuality, { title: '资源质量' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '质量检查办理结果\nExactly one of `resource` and `refusal` is set.' })
export class ResourceQualityResult {
  @Field(() => ResourceQuality, { nullable: true, description: '资源质量' })
  resource?: ResourceQuality;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

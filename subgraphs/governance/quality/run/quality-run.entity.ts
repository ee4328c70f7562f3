import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import { QualityModes, type QualityMode } from './resource-quality.entity.js';
import type { Rates } from './score.rule.js';

export type QualityRunState = 'COMPLETED' | 'PARTLY' | 'CANNOT_RUN';
export const QualityRunStates = defineEnum<QualityRunState>('QualityRunState', '质量检查结果状态', {
  COMPLETED: '已完成',
  PARTLY: '部分规则未能检查',
  CANNOT_RUN: '未能检查',
});

@Resource({ code: '900001/000089', name: '质量检查记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('QualityRun', {
  description: '质量检查\nOne run over a resource. The trend of its score is the list of its runs.',
})
export class QualityRun {
  [EntityName]?: 'QualityRun';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '资源\nSubgraph and type.' })
  @Property()
  place!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => QualityModes, { description: '检查范围' })
  @Enum({ items: ['FULL', 'CHANGED'] })
  mode!: QualityMode;

  @Field(() => QualityRunStates, { description: '状态' })
  @Enum({ items: ['COMPLETED', 'PARTLY', 'CANNOT_RUN'] })
  state!: QualityRunState;

  @Field(() => GraphQLISODateTime, { description: '开始时间' })
  @Property()
  startedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: '结束时间' })
  @Property()
  endedAt!: Date;

  @Property()
  rowCount!: number;

  @Property({ type: 'double', nullable: true })
  rate?: number | null;

  @Property({ type: 'json' })
  rates!: Rates;

  @Field(() => Int, { description: '已检查规则数' })
  @Property()
  countedRules!: number;

  @Field(() => Int, { description: '未能检查规则数' })
  @Property()
  stoppedRules!: number;

  @Field(() => Int, { description: '此前三十日终止的规则数' })
  @Property()
  endedRules!: number;
}

export const QualityRunConnection = defineConnection(QualityRun, { title: '质量检查' });

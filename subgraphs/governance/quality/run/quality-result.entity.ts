import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import type { QualityObstacle } from '../../../../shared/share/quality/quality-rule.js';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import { QualityObstacles } from '../rule/quality-enums.js';

export type QualityResultState = 'COUNTED' | 'CANNOT_RUN';
export const QualityResultStates = defineEnum<QualityResultState>('QualityResultState', '规则检查状态', {
  COUNTED: '已检查',
  CANNOT_RUN: '未能检查',
});

@Share('UNCONDITIONAL')
@Entity()
@ObjectType('QualityResult', { description: '规则检查结果\nWhat one rule has found in one run.' })
export class QualityResult {
  [EntityName]?: 'QualityResult';

  @PrimaryKey()
  run!: string;

  @Field({ description: '质量规则编号' })
  @PrimaryKey()
  rule!: string;

  @Property()
  place!: string;

  @Property()
  provider!: string;

  @Field(() => QualityResultStates, { description: '状态' })
  @Enum({ items: ['COUNTED', 'CANNOT_RUN'] })
  state!: QualityResultState;

  @Field(() => QualityObstacles, { nullable: true, description: '未能检查的原因' })
  @Property({ type: 'text', nullable: true })
  reason?: QualityObstacle | null;

  @Property({ type: 'integer', nullable: true })
  checked?: number | null;

  @Property({ type: 'integer', nullable: true })
  failed?: number | null;

  /** Names of a few failing records, sealed. */
  @Property({ type: 'text', nullable: true })
  samples?: string | null;
}

import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import {
  QUALITY_DIMENSIONS,
  QUALITY_KINDS,
  type QualityDimension,
  type QualityKind,
  type QualityRule as Definition,
} from '../../../../shared/share/quality/quality-rule.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import { QualityDimensions, QualityKinds, QualityRuleStates, type QualityRuleState } from './quality-enums.js';

@Resource({ code: '900001/000086', name: '质量规则名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('QualityRule', {
  description:
    '质量规则\nA rule about the values of an item. It judges nothing until a person of the provider has confirmed it; one that is changed is ended, and another takes its place, so that what a score rests on stays on record.',
})
export class QualityRule {
  [EntityName]?: 'QualityRule';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '资源\nSubgraph and type, such as population.Resident.' })
  @Property()
  place!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '信息项\nField of the type.' })
  @Property()
  item!: string;

  @Field(() => QualityKinds, { description: '规则类型' })
  @Enum({ items: [...QUALITY_KINDS] })
  kind!: QualityKind;

  @Field(() => QualityDimensions, { description: '质量维度' })
  @Enum({ items: [...QUALITY_DIMENSIONS] })
  dimension!: QualityDimension;

  @Property({ type: 'json' })
  definition!: Definition;

  /** Hash of the definition: two rules that say the same are one. */
  @Property()
  fingerprint!: string;

  @Field(() => QualityRuleStates, { description: '状态' })
  @Enum({ items: ['PROPOSED', 'ACTIVE', 'REFUSED', 'ENDED'] })
  state!: QualityRuleState;

  @Field(() => String, { nullable: true, description: '说明' })
  @Property({ type: 'text', nullable: true })
  note?: string | null;

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property()
  proposedAt!: Date;

  /** Person; absent where the hub proposes it of how the item is declared. */
  @Property({ type: 'text', nullable: true })
  proposedBy?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '提出部门代码\nNull where the hub proposes it of how the item is declared.',
  })
  @Property({ type: 'text', nullable: true })
  proposedFrom?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认时间' })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date | null;

  @Property({ type: 'text', nullable: true })
  decidedBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ type: 'text', nullable: true })
  endedBy?: string | null;

  @Field(() => String, { nullable: true, description: '不予启用或者终止的原因' })
  @Property({ type: 'text', nullable: true })
  reason?: string | null;
}

export const QualityRuleConnection = defineConnection(QualityRule, { title: '质量规则' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '质量规则办理结果\nExactly one of `rules` and `refusal` is set.' })
export class QualityRulesResult {
  @Field(() => [QualityRule], { nullable: true, description: '质量规则' })
  rules?: QualityRule[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

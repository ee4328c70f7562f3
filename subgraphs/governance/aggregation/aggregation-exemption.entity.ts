import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { ExemptionState } from './aggregation-enums.js';

@Resource({ code: '900002/000010', name: '不汇聚说明', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '不汇聚说明\nWhy a resource is not brought to the platform, with the evidence for it (QZ-2.3b). The document itself stays with the authority: its title and SHA-256 say which it is.',
})
export class AggregationExemption {
  [EntityName]?: 'AggregationExemption';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '资源代码' })
  @Property()
  code!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '原因' })
  @Property()
  reason!: string;

  @Field(() => [String], { description: '依据\nLaw or policy that forbids it.' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field({ description: '证据材料名称' })
  @Property()
  evidence!: string;

  @Field({ description: '证据材料校验值\nSHA-256 of the document, 64 hexadecimal digits.' })
  @Property()
  evidenceHash!: string;

  @Field(() => ExemptionState, { description: '状态' })
  @Property({ type: 'text' })
  state!: ExemptionState;

  @Field(() => [String], { description: '所依条款' })
  @Property({ type: 'json' })
  clauses!: string[];

  @Field(() => GraphQLISODateTime, { description: '提交时间' })
  @Property({ type: 'datetime' })
  statedAt!: Date;

  @Field({ description: '提交人' })
  @Property()
  statedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认、不予确认或者终止的时间' })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '决定人' })
  @Property({ nullable: true })
  decidedBy?: string | null;

  @Field(() => String, { nullable: true, description: '决定理由' })
  @Property({ nullable: true })
  decisionReason?: string | null;
}

import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { Refusal } from '../core/index.js';
import { UpdateCycle } from '../catalogue/index.js';
import { UpdateExceptionKind, UpdateExceptionState } from './freshness-enums.js';
import { ResourceFreshness } from './resource-freshness.entity.js';

@Resource({ code: '900002/000006', name: '数据更新例外', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '数据更新例外\nA resource that may be less fresh than the law asks of others (HZ-7.4d, QZ-4.3e, QZ-4.3f).',
})
export class UpdateException {
  [EntityName]?: 'UpdateException';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '资源代码' })
  @Property()
  code!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => UpdateExceptionKind, { description: '种类' })
  @Property({ type: 'text' })
  kind!: UpdateExceptionKind;

  @Field(() => UpdateCycle, { nullable: true, description: '更新周期\nOf an interval.' })
  @Property({ type: 'text', nullable: true })
  cycle?: UpdateCycle | null;

  @Field({ description: '事由' })
  @Property()
  reason!: string;

  @Field(() => UpdateExceptionState, { description: '状态' })
  @Property({ type: 'text' })
  state!: UpdateExceptionState;

  @Field(() => [String], { description: '所依条款' })
  @Property({ type: 'json' })
  clauses!: string[];

  @Field(() => GraphQLISODateTime, { description: '提出时间' })
  @Property({ type: 'datetime' })
  proposedAt!: Date;

  @Field({ description: '提出人' })
  @Property()
  proposedBy!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '批准、不予批准或者终止的时间' })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '决定人' })
  @Property({ nullable: true })
  decidedBy?: string | null;

  @Field(() => String, { nullable: true, description: '决定理由' })
  @Property({ nullable: true })
  decisionReason?: string | null;
}

export const UpdateExceptionConnection = defineConnection(UpdateException, { title: '数据更新例外' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据更新办理结果\nExactly one member is set.' })
export class FreshnessResult {
  @Field(() => ResourceFreshness, { nullable: true, description: '数据更新情况' })
  freshness?: ResourceFreshness;

  @Field(() => UpdateException, { nullable: true, description: '数据更新例外' })
  exception?: UpdateException;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

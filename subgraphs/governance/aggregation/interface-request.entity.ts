import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { InterfaceExtensionState, InterfaceRequestState } from './aggregation-enums.js';

@Resource({ code: '900002/000011', name: '接口需求', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '接口需求\nA further interface that the authority asks a provider for, and by when (QZ-2.3f to QZ-2.3h).',
})
export class InterfaceRequest {
  [EntityName]?: 'InterfaceRequest';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '需求\nThe data, the scenario for which it is needed, and how it is to be asked for.' })
  @Property()
  need!: string;

  @Field(() => InterfaceRequestState, { description: '状态' })
  @Property({ type: 'text' })
  state!: InterfaceRequestState;

  @Field(() => [String], { description: '所依条款' })
  @Property({ type: 'json' })
  clauses!: string[];

  @Field(() => GraphQLISODateTime, { description: '提出时间\nFrom which days are counted.' })
  @Property({ type: 'datetime' })
  requestedAt!: Date;

  @Field({ description: '提出人' })
  @Property()
  requestedBy!: string;

  @Field(() => Int, { description: '期限（工作日）\nWith an extension that was approved.' })
  @Property({ type: 'int' })
  workingDays!: number;

  @Field({ description: '应提供日期' })
  @Property()
  due!: string;

  @Property({ type: 'datetime' })
  dueAt!: Date;

  @Field({ description: '日期是否暂定' })
  @Property()
  provisional!: boolean;

  @Field(() => InterfaceExtensionState, { nullable: true, description: '延期\nNull where none was asked for.' })
  @Property({ type: 'text', nullable: true })
  extension?: InterfaceExtensionState | null;

  @Field(() => Int, { nullable: true, description: '申请延期（工作日）' })
  @Property({ type: 'int', nullable: true })
  extensionDays?: number | null;

  @Field(() => String, { nullable: true, description: '延期理由' })
  @Property({ nullable: true })
  extensionReason?: string | null;

  @Property({ nullable: true })
  extensionBy?: string | null;

  @Field(() => String, { nullable: true, description: '延期审批理由' })
  @Property({ nullable: true })
  extensionDecision?: string | null;

  @Field(() => String, { nullable: true, description: '提供的资源代码' })
  @Property({ nullable: true })
  suppliedAs?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '撤回理由' })
  @Property({ nullable: true })
  endReason?: string | null;
}

export const InterfaceRequestConnection = defineConnection(InterfaceRequest, { title: '接口需求' });

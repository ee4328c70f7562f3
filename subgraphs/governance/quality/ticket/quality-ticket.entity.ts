import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';

export type QualityTicketState = 'OPEN' | 'CLOSED';
export const QualityTicketStates = defineEnum<QualityTicketState>('QualityTicketState', '质量工单状态', {
  OPEN: '待整改',
  CLOSED: '已办结',
});
export type QualityTicketOutcome = 'FIXED' | 'RULE_ENDED';
export const QualityTicketOutcomes = defineEnum<QualityTicketOutcome>('QualityTicketOutcome', '质量工单办结方式', {
  FIXED: '再次检查已无问题',
  RULE_ENDED: '规则已终止，问题未经检查确认消除',
});

@Resource({ code: '900001/000080', name: '质量工单', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('QualityTicket', {
  description:
    '质量工单\nA rule that records break, for the provider to mend. Nobody closes it: a run that finds nothing wrong any more does.',
})
export class QualityTicket {
  [EntityName]?: 'QualityTicket';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '质量规则编号' })
  @Property()
  rule!: string;

  @Field({ description: '资源\nSubgraph and type.' })
  @Property()
  place!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field({ description: '信息项' })
  @Property()
  item!: string;

  @Field(() => QualityTicketStates, { description: '状态' })
  @Enum({ items: ['OPEN', 'CLOSED'] })
  state!: QualityTicketState;

  @Field(() => QualityTicketOutcomes, { nullable: true, description: '办结方式' })
  @Property({ type: 'text', nullable: true })
  outcome?: QualityTicketOutcome | null;

  @Field(() => GraphQLISODateTime, { description: '开出时间' })
  @Property()
  openedAt!: Date;

  @Field({ description: '开出时的检查编号' })
  @Property()
  openedRun!: string;

  @Field({ description: '最近一次检查编号' })
  @Property()
  newestRun!: string;

  @Property()
  checked!: number;

  @Property()
  failed!: number;

  @Field(() => GraphQLLocalDate, { description: '整改期限\nLast day.' })
  @Property({ type: 'date' })
  dueDate!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date | null;
}

export const QualityTicketConnection = defineConnection(QualityTicket, { title: '质量工单' });

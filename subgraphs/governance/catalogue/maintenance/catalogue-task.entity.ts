import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';

/** Reasons for which the catalogue has to be worked on. */
export const CatalogueTaskKind = defineEnum('CatalogueTaskKind', '目录更新任务种类', {
  SCHEMA_CHANGE: '结构变化\nThe schema of a subgraph states an entry otherwise.',
  LAW_CHANGE: '法律变化',
  FUNCTION_CHANGE: '职能变化',
  REQUESTED: '申请入目录\nAn application for data that the catalogue lacks was agreed to (YN-17b).',
});
export type CatalogueTaskKind = keyof typeof CatalogueTaskKind;

/** Changes that a department reports; the hub finds the others itself. */
export const ReportedChange = defineEnum('ReportedChange', '报告的变化', {
  LAW_CHANGE: '法律变化',
  FUNCTION_CHANGE: '职能变化',
});
export type ReportedChange = keyof typeof ReportedChange;

@Resource({ code: '900002/000004', name: '目录更新任务', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '目录更新任务\nA change that the catalogue has to follow (HZ-5.4b, QZ-4.2c, CZ-7b, YN-9i).',
})
export class CatalogueTask {
  [EntityName]?: 'CatalogueTask';

  @Field({ description: '任务编号' })
  @PrimaryKey()
  id!: string;

  @Field(() => CatalogueTaskKind, { description: '种类' })
  @Property({ type: 'text' })
  kind!: CatalogueTaskKind;

  @Field({ description: '责任部门代码' })
  @Property()
  department!: string;

  @Field(() => String, { nullable: true, description: '资源代码' })
  @Property({ nullable: true })
  code?: string | null;

  @Field({ description: '事由' })
  @Property()
  subject!: string;

  @Field(() => [String], { description: '所依条款' })
  @Property({ type: 'json' })
  clauses!: string[];

  @Field(() => GraphQLISODateTime, { description: '起始时间\nOf the change, from which days are counted.' })
  @Property({ type: 'datetime' })
  openedAt!: Date;

  @Property({ type: 'int', nullable: true })
  workingDays?: number | null;

  @Field(() => String, {
    nullable: true,
    description: '到期日\nLast day on which it is in time; null where the law gives no limit.',
  })
  @Property({ type: 'text', nullable: true })
  due?: string | null;

  @Property({ type: 'datetime', nullable: true })
  dueAt?: Date | null;

  @Field({ description: '到期日是否暂定\nThe official calendar does not reach so far yet.' })
  @Property()
  provisional!: boolean;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date | null;

  @Property({ nullable: true })
  closedBy?: string | null;
}

import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';

/** Why the catalogue has to be worked on. */
export const TASK_KINDS = [
  'SCHEMA_CHANGE',
  'LAW_CHANGE',
  'FUNCTION_CHANGE',
  'REQUESTED', // an application for what the catalogue lacked was agreed to (YN-17b)
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

@Resource({ code: '900002/000004', name: '目录更新任务', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '目录更新任务\nA change that the catalogue has to follow (HZ-5.4b, QZ-4.2c, CZ-7b, YN-9i).',
})
export class CatalogueTask {
  @Field({ description: '任务编号' })
  @PrimaryKey()
  id!: string;

  @Field(() => String, { description: `种类\nOf ${TASK_KINDS.join(', ')}.` })
  @Property({ type: 'text' })
  kind!: TaskKind;

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

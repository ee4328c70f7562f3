import { EntityName } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../../shared/subgraph/index.js';

const STATES = ['RUNNING', 'COMPLETED', 'STOPPED', 'SKIPPED'] as const;
export type RunState = (typeof STATES)[number];
export const RunStates = defineEnum<RunState>('MultiSourceRunState', '多元校核运行状态', {
  RUNNING: '运行中',
  COMPLETED: '已完成',
  STOPPED: '已中止',
  SKIPPED: '未运行',
});
/** Reasons for which a check does not run, or stops in the midst of a run. */
export const RUN_REASONS = {
  CONSENT_MISSING: '缺少一方或者双方的同意',
  CHECK_SUSPENDED: '校核已暂停或者终止',
  DEPARTMENT_SUSPENDED: '一方部门已暂停共享',
  ITEMS_CHANGED: '信息项已变化，不能再按此校核',
  FEW_VALUES: '取值过少，不一致即透露对方数据',
  CASES_TOO_MANY: '不一致过多，超出一次可以提出的纠错数量',
  UNREACHABLE: '长时间无法读取一方数据',
} as const;
export type RunReason = keyof typeof RUN_REASONS;
export const RunReasons = defineEnum<RunReason>('MultiSourceRunReason', '未运行或者中止的原因', RUN_REASONS);

@Resource({ code: '900001/000055', name: '多元校核运行记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType('MultiSourceRun', {
  description: '多元校核运行\nOne run of a check, in figures. It says nothing of any subject.',
})
export class MultiSourceRun {
  [EntityName]?: 'MultiSourceRun';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '多元校核编号' })
  @Property({ fieldName: 'check_id' })
  check!: string;

  @Property()
  leftOwner!: string;

  @Property()
  rightOwner!: string;

  @Field(() => RunStates, { description: '状态' })
  @Enum({ items: [...STATES] })
  state!: RunState;

  @Field(() => RunReasons, { nullable: true, description: '未运行或者中止的原因' })
  @Property({ type: 'text', nullable: true })
  reason?: RunReason | null;

  @Field(() => GraphQLISODateTime, { description: '开始时间' })
  @Property()
  startedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '结束时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ fieldName: 'compared' })
  comparedCount!: number;

  @Property({ fieldName: 'agreed' })
  agreedCount!: number;

  @Property({ fieldName: 'mismatched' })
  mismatchedCount!: number;

  @Property({ fieldName: 'absent' })
  absentCount!: number;

  @Property({ fieldName: 'held' })
  heldCount!: number;

  @Property({ fieldName: 'cases' })
  casesCount!: number;
}

export const MultiSourceRunConnection = defineConnection(MultiSourceRun, { title: '多元校核运行' });

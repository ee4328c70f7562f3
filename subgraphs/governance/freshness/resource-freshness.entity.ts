import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { Reads } from '../../../shared/subgraph/index.js';
import { FreshnessFlagCodes, UpdateEvidence } from './freshness-enums.js';
import type { Flag, FreshnessFlagCode } from './freshness.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据更新问题' })
export class FreshnessFlag implements Flag {
  @Field(() => FreshnessFlagCodes, { description: '问题代码' })
  code!: FreshnessFlagCode;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}

@Resource({ code: '900002/000005', name: '数据更新情况', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description:
    '数据更新情况\nWhen a published resource was updated last, how that is known, and by when it must be again.',
})
export class ResourceFreshness {
  [EntityName]?: 'ResourceFreshness';

  @Field({ description: '资源代码' })
  @PrimaryKey()
  code!: string;

  @Field({ description: '资源名称' })
  @Property()
  name!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  /** A text as the entry has it; the graph publishes only the cycles that there are. */
  @Property({ nullable: true })
  cycle?: string | null;

  @Property({ type: 'datetime', nullable: true })
  pushedAt?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  generatedAt?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  measuredAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '最近更新时间\nThe latest that is known; null where nobody knows it.',
  })
  @Property({ type: 'datetime', nullable: true })
  lastUpdate?: Date | null;

  @Field(() => UpdateEvidence, { nullable: true, description: '更新时间来源' })
  @Property({ type: 'text', nullable: true })
  evidence?: UpdateEvidence | null;

  /** Milliseconds from the change in the source to its being here. */
  @Property({ type: 'double', nullable: true })
  lag?: number | null;

  @Reads('lag')
  @Field(() => Float, {
    nullable: true,
    description: '更新时延（秒）\nFrom the change in the source to its being here, where both are known.',
  })
  get lagSeconds(): number | null {
    return this.lag == null ? null : Math.round(this.lag / 1000);
  }

  @Field(() => String, {
    nullable: true,
    description: '应更新日期\nLast day on which the next update is in time; null where there is none.',
  })
  @Property({ type: 'text', nullable: true })
  due?: string | null;

  @Property({ type: 'datetime', nullable: true })
  dueAt?: Date | null;

  @Field({ description: '应更新日期是否暂定\nThe official calendar does not reach so far yet; nothing is late by it.' })
  @Property()
  provisional!: boolean;

  @Property({ type: 'text', nullable: true })
  escalation?: string | null;

  @Property({ type: 'datetime', nullable: true })
  escalationAt?: Date | null;

  @Field(() => [String], { description: '所依条款\nOf the due day.' })
  @Property({ type: 'json' })
  clauses!: string[];

  @Property({ type: 'json' })
  flags!: Flag[];

  @Property()
  flagged!: boolean;

  @Property({ type: 'datetime' })
  judgedAt!: Date;
}

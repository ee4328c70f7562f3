import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, Reads } from '../../../../shared/subgraph/index.js';

@Resource({ code: '900001/000045', name: '定时拉取情况', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '定时拉取\nA hosted table that is filled from a source by a schedule.' })
export class Pull {
  [EntityName]?: 'Pull';

  @Field({ description: '编号\nSubgraph and type.' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field({ description: '类型名称' })
  @Property()
  type!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field({ description: '数据源名称' })
  @Property()
  source!: string;

  @Field({ description: '拉取周期' })
  @Property()
  every!: string;

  /** Hash of what the declaration says of the pull: another one begins anew. */
  @Property()
  definition!: string;

  @Field(() => GraphQLISODateTime, { description: '下次拉取时间' })
  @Property()
  nextAt!: Date;

  @Field(() => String, { nullable: true, description: '正在载入的批次\nAs `loadOf` knows it.' })
  @Property({ nullable: true })
  load?: string | null;

  /** Watermark that the load brings, ms since the epoch. */
  @Property({ type: 'double', nullable: true })
  pending?: number | null;

  @Property({ type: 'double', nullable: true })
  watermark?: number | null;

  @Reads('watermark')
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '数据源时间\nLast change of the source that has been loaded, where it has a watermark.',
  })
  get sourceTime(): Date | null {
    return this.watermark == null ? null : new Date(this.watermark);
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: '最近一次拉取时间' })
  @Property({ type: 'datetime', nullable: true })
  triedAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '最近一次核对时间\nThe table was as the source then, changed or not.',
  })
  @Property({ type: 'datetime', nullable: true })
  checkedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '最近一次数据变化的载入时间' })
  @Property({ type: 'datetime', nullable: true })
  loadedAt?: Date | null;

  @Field(() => Int, { description: '连续失败次数' })
  @Property()
  failures!: number;

  @Field(() => String, { nullable: true, description: '失败原因代码\nStable; null when the last pull went well.' })
  @Property({ nullable: true })
  faultCode?: string | null;

  @Field(() => String, { nullable: true, description: '失败原因' })
  @Property({ nullable: true })
  faultDetail?: string | null;

  /** The code that the department was told of last. */
  @Property({ nullable: true })
  toldCode?: string | null;

  /** The process that is at it, and until when. */
  @Property({ type: 'uuid', nullable: true })
  heldBy?: string | null;

  @Property({ type: 'datetime', nullable: true })
  heldUntil?: Date | null;
}

export const PullConnection = defineConnection(Pull, { title: '定时拉取' });

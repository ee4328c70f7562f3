import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { APPLICATION_KINDS, type ApplicationKind, type ReviewProcess } from './review-process.rule.js';
import { REVIEW_STATUSES, type ReviewState, type ReviewStatus } from './review-state.rule.js';

@Share('UNCONDITIONAL')
@Entity({ tableName: 'application_track' })
@ObjectType({
  description: '申请办理\nThe part of an application that one provider answers, with its own steps and clock.',
})
export class ProviderReview {
  @Field({ description: '办理编号\nThe application’s, and the provider’s code.' })
  @PrimaryKey()
  id!: string;

  @Property()
  application!: string;

  @Field({ description: '申请部门代码' })
  @Property()
  department!: string;

  @Field({ description: '提供部门代码' })
  @Property()
  provider!: string;

  @Field(() => String, { description: `种类\nOf ${APPLICATION_KINDS.join(', ')}.` })
  @Property()
  kind!: ApplicationKind;

  @Field(() => String, { description: `状态\nOf ${REVIEW_STATUSES.join(', ')}.` })
  @Property()
  status!: ReviewStatus;

  @Field(() => Int, { description: '版本\nA decision names the one it has seen.' })
  @Property()
  version!: number;

  @Property({ type: 'json' })
  process!: ReviewProcess;

  @Property({ type: 'json' })
  state!: ReviewState;

  /** Departments whose turn it is, and roles with a `*` before. */
  @Property({ type: ArrayType })
  waitsOn!: string[];

  /** The last day of the answer, YYYY-MM-DD. */
  @Property({ type: 'string', nullable: true })
  dueDate?: string | null;

  @Property({ type: 'datetime', nullable: true })
  dueAt?: Date | null;

  @Property()
  dueProvisional!: boolean;

  @Field(() => GraphQLISODateTime, { description: '提交时间' })
  @Property()
  submittedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '逾期上报时间' })
  @Property({ type: 'datetime', nullable: true })
  escalatedAt?: Date | null;

  @Field(() => String, { nullable: true, description: '授权编号\nWhat it ended in.' })
  @Property({ fieldName: 'grant_id', nullable: true })
  grant?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '目录条目编号\nWhat the catalogue gets for data that it did not have (YN-17b).',
  })
  @Property({ nullable: true })
  entry?: string | null;
}

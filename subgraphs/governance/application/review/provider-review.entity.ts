import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import type { ApplicationKind, ReviewProcess } from './review-process.js';
import type { ReviewState, ReviewStatus } from './review-state.rule.js';

export const ApplicationKinds = defineEnum<ApplicationKind>('ApplicationKind', '申请种类', {
  CONDITIONAL: '有条件共享',
  NOT_SHARED: '不予共享',
  UNCATALOGUED: '目录外需求',
  SPECIAL: '特别程序',
});
export const ReviewStatuses = defineEnum<ReviewStatus>('ProviderReviewStatus', '办理状态', {
  REVIEW: '审核中',
  CHANGES_ASKED: '退回补正',
  NEGOTIATION: '协商中',
  COORDINATION: '协调中',
  ENTRY_PENDING: '待编入目录',
  AGREED: '同意共享',
  REFUSED: '不予共享',
  WITHDRAWN: '已撤回',
});

@Share('UNCONDITIONAL')
@Entity({ tableName: 'application_track' })
@ObjectType({
  description: '申请办理\nOne provider’s review of an application, with its own steps and clock.',
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

  @Field(() => ApplicationKinds, { description: '种类' })
  @Property({ type: 'text' })
  kind!: ApplicationKind;

  @Field(() => ReviewStatuses, { description: '状态' })
  @Property({ type: 'text' })
  status!: ReviewStatus;

  @Field(() => Int, { description: '版本\nA command names the version that its caller last saw.' })
  @Property()
  version!: number;

  @Property({ type: 'json' })
  process!: ReviewProcess;

  @Property({ type: 'json' })
  state!: ReviewState;

  /** Codes of the departments that have to act next, and roles with a `*` before. */
  @Property({ type: ArrayType })
  waitsOn!: string[];

  /** Last day of the answer, YYYY-MM-DD. */
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

  @Field(() => String, { nullable: true, description: '授权编号\nThe grant that the review ended in.' })
  @Property({ fieldName: 'grant_id', nullable: true })
  grant?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '目录更新任务编号\nThe task to enter data that the catalogue lacked (YN-17b).',
  })
  @Property({ nullable: true })
  entry?: string | null;
}

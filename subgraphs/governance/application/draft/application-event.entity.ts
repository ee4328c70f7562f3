import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';

export const ApplicationActions = defineEnum('ApplicationAction', '申请办理事项', {
  START: '发起',
  CHANGE: '修改',
  SUBMIT: '提交',
  RESUBMIT: '补正后提交',
  WITHDRAW: '撤回',
  AGREE_TO_SHARE: '同意共享',
  REFUSE_TO_SHARE: '不予共享',
  ASK_FOR_CHANGES: '退回补正',
  EXTEND_ANSWER: '申请延期答复',
  CONSENT_TO_EXTENSION: '审批延期答复',
  OBJECT_TO_REFUSAL: '提出异议',
  NEGOTIATE: '协商',
  COORDINATE: '协调',
  FULFIL_REQUEST: '目录外需求办结',
  ESCALATE: '逾期上报',
});
export type ApplicationAction = keyof typeof ApplicationActions;

@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '办理记录\nOne action on an application: by whom, when and why.' })
export class ApplicationEvent {
  @Field({ description: '序号' })
  @PrimaryKey()
  id!: string;

  @Property()
  application!: string;

  @Field(() => String, {
    nullable: true,
    description: '办理编号\nThe provider review; null for an action on the whole application.',
  })
  @Property({ fieldName: 'track', nullable: true })
  review?: string | null;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  @Property()
  at!: Date;

  @Field({ description: '办理部门代码' })
  @Property()
  department!: string;

  @Field({ description: '办理账号' })
  @Property()
  actor!: string;

  @Field(() => ApplicationActions, { description: '办理事项' })
  @Property({ type: 'text', fieldName: 'what' })
  action!: ApplicationAction;

  @Field(() => String, { nullable: true, description: '理由或记录' })
  @Property({ nullable: true })
  reason?: string | null;

  @Field(() => [String], { description: '所依条款及依据' })
  @Property({ type: ArrayType })
  clauses!: string[];

  /** Version of the review, or of the application, after the action. */
  @Property()
  version!: number;
}

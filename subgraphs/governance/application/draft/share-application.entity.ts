import { ArrayType, OptionalProps } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum, Reads } from '../../../../shared/subgraph/index.js';
import { ApplicationForm } from './application-form.js';
import type { FormValues } from './form-values.js';

export const ApplicationStates = defineEnum('ApplicationState', '申请状态', {
  DRAFT: '草稿',
  SUBMITTED: '已提交',
  CLOSED: '已办结',
  WITHDRAWN: '已撤回',
});
export type ApplicationState = keyof typeof ApplicationStates;

@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '共享申请\nA department’s request for data, for one purpose; each provider reviews its own part.',
})
export class ShareApplication {
  [OptionalProps]?: 'form';

  @Field({ description: '申请编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '申请部门代码' })
  @Property()
  department!: string;

  @Field({ description: '经办账号' })
  @Property()
  applicant!: string;

  @Field(() => ApplicationStates, { description: '状态' })
  @Property({ type: 'text' })
  state!: ApplicationState;

  @Field(() => String, { nullable: true, description: '场景代码' })
  @Property({ nullable: true })
  scenario?: string | null;

  @Property({ type: 'json', fieldName: 'form' })
  typed!: FormValues;

  @Reads('typed')
  @Field(() => ApplicationForm, { description: '申请内容' })
  get form(): ApplicationForm {
    const { from, until, ...same } = this.typed;
    return Object.assign(new ApplicationForm(), same, {
      ...(from && { from: new Date(from) }),
      ...(until && { until: new Date(until) }),
    });
  }

  @Field(() => String, { nullable: true, description: '所续授权编号\nThe grant that the application asks to renew.' })
  @Property({ nullable: true })
  renews?: string | null;

  @Field(() => Int, {
    description: '版本\nGrows with every change; a change names the version that its caller last saw.',
  })
  @Property()
  version!: number;

  @Field(() => GraphQLISODateTime, { description: '创建时间' })
  @Property()
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '提交时间' })
  @Property({ type: 'datetime', nullable: true })
  submittedAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '办结时间' })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date | null;

  /** Codes of the departments that see it, roles with a `*` before, persons with an `@`. */
  @Property({ type: ArrayType })
  visibleTo!: string[];
}

import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '办理记录\nOne thing that was done with an application: by whom, when and why.' })
export class ApplicationEvent {
  @Field({ description: '序号' })
  @PrimaryKey()
  id!: string;

  @Property()
  application!: string;

  @Field(() => String, { nullable: true, description: '办理编号\nNull for what concerns the whole application.' })
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

  @Field({ description: '办理事项' })
  @Property()
  what!: string;

  @Field(() => String, { nullable: true, description: '理由或记录' })
  @Property({ nullable: true })
  reason?: string | null;

  @Field(() => [String], { description: '所依条款及依据' })
  @Property({ type: ArrayType })
  clauses!: string[];

  /** Version of the review, or of the application, after it. */
  @Property()
  version!: number;
}

import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';

@Resource({ code: '900001/000022', name: '使用记录封存名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '使用记录封存\nUses that a citizen is not told of until a date; they are counted all the same.',
})
export class UseSeal {
  @Field({ description: '封存编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '使用部门代码\nWhose uses are sealed.' })
  @Property()
  department!: string;

  @Field(() => String, { nullable: true, description: '场景代码\nEvery scenario where absent.' })
  @Property({ nullable: true })
  scenario?: string | null;

  @Field(() => String, { nullable: true, description: '授权编号\nOnly uses under this grant.' })
  @Property({ fieldName: 'grant_id', nullable: true })
  grant?: string | null;

  @Field(() => GraphQLISODateTime, { description: '起始时间\nUses from this instant on are sealed.' })
  @Property({ fieldName: 'from_at' })
  from!: Date;

  @Field(() => GraphQLISODateTime, { description: '封存期限\nFrom this instant on the uses are told.' })
  @Property({ fieldName: 'until_at' })
  until!: Date;

  @Field({ description: '原因' })
  @Property()
  reason!: string;

  @Field(() => [String], { description: '依据' })
  @Property({ type: 'json' })
  basis!: string[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: '解封时间' })
  @Property({ type: 'datetime', nullable: true })
  liftedAt?: Date | null;
}

@InputType({ description: '封存内容' })
export class SealInput {
  @Field({ description: '使用部门代码' })
  department!: string;

  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | null;

  @Field(() => String, { nullable: true, description: '授权编号' })
  grant?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nNow where absent.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { description: '封存期限' })
  until!: Date;

  @Field({ description: '原因' })
  reason!: string;

  @Field(() => [String], { description: '依据\nAt least one provision.' })
  basis!: string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '封存办理结果\nExactly one of `seal` and `refusal` is set.' })
export class SealResult {
  @Field(() => UseSeal, { nullable: true, description: '封存' })
  seal?: UseSeal;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { CorrectionStatuses } from './correction.entity.js';
import type { CorrectionStatus } from './correction-state.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '校核中的信息项\nA place of the same answer whose value is under correction.' })
export class DisputedItem {
  @Field(() => [String], { description: '在回答中的路径' })
  path!: string[];

  @Field({ description: '信息项坐标' })
  item!: string;

  @Field(() => GraphQLISODateTime, { description: '起始时间' })
  since!: Date;

  @Field(() => CorrectionStatuses, { description: '所处环节' })
  stage!: CorrectionStatus;

  @Field(() => String, { nullable: true, description: '办事提示' })
  notice?: string | null;
}

import { Field, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({
  description: '纠错时限\nOf the open step. Without a limit in the law there is no due date, and the age is shown.',
})
export class CorrectionTime {
  @Field(() => String, { nullable: true, description: '截止日期\nThe last day, YYYY-MM-DD.' })
  due?: string;

  @Field({ description: '是否暂定\nSome day is covered by no official calendar yet, so the date may move.' })
  provisional!: boolean;

  @Field(() => Int, { nullable: true, description: '剩余工作日\nNegative when it is late; null without a due date.' })
  workingDaysLeft?: number;

  @Field(() => Int, { description: '已历工作日\nSince it was reported.' })
  ageInWorkingDays!: number;

  @Field({ description: '是否逾期' })
  overdue!: boolean;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}

import { Field, InputType, Int } from 'type-graphql';
import { CheckFrequencies } from './multi-source-check.entity.js';
import type { Frequency } from '../../../../../shared/law/calendar/frequency.js';

@InputType({ description: '多元校核内容' })
export class MultiSourceCheckInput {
  @Field({ description: '名称\nAt most 60 characters.' })
  name!: string;

  @Field({ description: '目的\nAt most 300 characters.' })
  purpose!: string;

  @Field(() => [String], { description: '依据' })
  basis!: string[];

  @Field({ description: '甲方信息项坐标' })
  leftItem!: string;

  @Field({ description: '乙方信息项坐标\nOf another department, on records of the same kind of subject.' })
  rightItem!: string;

  @Field(() => CheckFrequencies, { description: '周期' })
  frequency!: Frequency;

  @Field(() => Int, { defaultValue: 2, description: '开始时刻\nHour of the local day, 0 to 23.' })
  hour!: number;

  @Field(() => Int, { defaultValue: 500, description: '每批主体数\n200 to 1,000.' })
  batchSize!: number;
}

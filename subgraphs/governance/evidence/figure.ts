import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Float, InputType, ObjectType } from 'type-graphql';
import type { Outcome } from '../../../shared/evidence/index.js';
import type { GrantMode } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { GrantModes } from '../grant/index.js';
import type { UseCriteria } from './use-criteria.js';
import { UseOutcomes } from './use-filter.js';

@InputType({ description: '统计条件\nAll that are given hold at once.' })
export class FigureFilter implements UseCriteria {
  @Filters('Use.time')
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: '起始日期\nInclusive, in the hub’s time zone; a year before `until` where absent.',
  })
  from?: string | null;

  @Filters('Use.time')
  @Field(() => GraphQLLocalDate, { nullable: true, description: '截止日期\nInclusive; today where absent.' })
  until?: string | null;

  @Filters('Use.department')
  @Field(() => String, { nullable: true, description: '使用部门代码' })
  department?: string | null;

  @Filters('UsedItem.coordinate')
  @Field(() => String, { nullable: true, description: '提供部门代码' })
  provider?: string | null;

  @Filters('UsedItem.resource')
  @Field(() => String, { nullable: true, description: '资源代码' })
  resource?: string | null;

  @Filters('UsedItem.coordinate')
  @Field(() => String, { nullable: true, description: '信息项坐标' })
  item?: string | null;

  @Filters('Use.scenario')
  @Field(() => String, { nullable: true, description: '场景代码' })
  scenario?: string | null;

  @Filters('Use.mode')
  @Field(() => GrantModes, { nullable: true, description: '使用方式' })
  mode?: GrantMode | null;

  @Filters('Use.outcome')
  @Field(() => UseOutcomes, { nullable: true, description: '办理结果' })
  outcome?: Outcome | null;
}

/** Counts of operations; a number beyond 32 bits is possible, so they are floats. */
@ObjectType()
abstract class Figures {
  @Field(() => Float, { description: '操作次数' })
  requests!: number;

  @Field(() => Float, { description: '全部提供的次数' })
  answered!: number;

  @Field(() => Float, { description: '部分提供的次数' })
  partial!: number;

  @Field(() => Float, { description: '拒绝的次数' })
  refused!: number;

  @Field(() => Float, { description: '故障的次数' })
  failed!: number;

  @Field(() => Float, {
    nullable: true,
    description: '提供的记录数\nNull where operations are among them of which the reader may see a part only.',
  })
  rows?: number | null;

  @Field(() => Float, { nullable: true, description: '涉及的主体数\nOf all operations together; null as `rows` is.' })
  subjects?: number | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '每日使用量' })
export class DayFigure extends Figures {
  @Field(() => GraphQLLocalDate, { description: '日期' })
  day!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '部门使用量' })
export class DepartmentFigure extends Figures {
  @Field(() => String, { nullable: true, description: '使用部门代码\nNull where nobody could be identified.' })
  department?: string | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '场景使用量' })
export class ScenarioFigure extends Figures {
  @Field(() => String, { nullable: true, description: '使用部门代码' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: '场景代码\nNull where none was named.' })
  scenario?: string | null;
}

import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';

/** A department or a person, and a period. @source HZ-9.3e */
@InputType({ description: '操作者\nAt least one of `department` and `person`, and a period.' })
export class Actor {
  @Filters('Act.department', 'Use.department')
  @Field(() => String, { nullable: true, description: '部门代码' })
  department?: string | null;

  @Filters('Act.person', 'Use.person')
  @Field(() => String, { nullable: true, description: '人员' })
  person?: string | null;

  @Filters('Act.time', 'Use.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '起始时间\nInclusive.' })
  from?: Date | null;

  @Filters('Act.time', 'Use.time')
  @Field(() => GraphQLISODateTime, { nullable: true, description: '终止时间\nExclusive.' })
  until?: Date | null;
}

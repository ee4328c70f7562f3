import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录年度维护\nOf one department in one year (HZ-5.4a, YN-9h).' })
export class MaintenanceDuty {
  @Field({ description: '部门代码' })
  department!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认时间' })
  confirmedAt?: Date;

  @Field(() => String, { nullable: true, description: '确认人' })
  confirmedBy?: string | null;

  @Field({ description: '到期日' })
  due!: string;

  @Field({ description: '是否逾期' })
  overdue!: boolean;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}

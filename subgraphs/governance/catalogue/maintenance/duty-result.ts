import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { CatalogueTask } from '../review/catalogue-task.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录任务分页' })
export class CatalogueTaskPage {
  @Field(() => [CatalogueTask], { description: '本页记录' })
  items!: CatalogueTask[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

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
  confirmedBy?: string;

  @Field({ description: '到期日' })
  due!: string;

  @Field({ description: '是否逾期' })
  overdue!: boolean;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录职责办理结果' })
export class CatalogueDutyResult {
  @Field(() => CatalogueTask, { nullable: true, description: '任务' })
  task?: CatalogueTask;

  @Field(() => MaintenanceDuty, { nullable: true, description: '年度维护' })
  maintenance?: MaintenanceDuty;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

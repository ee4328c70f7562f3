import type { Text } from '../../../../shared/kernel/index.js';
import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal, type RefusalCode } from '../../core/index.js';
import { CatalogueTask } from './catalogue-task.entity.js';
import { MaintenanceDuty } from './maintenance-duty.js';

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

export const refuseDuty = (code: RefusalCode, message: Text): CatalogueDutyResult => ({
  refusal: Refusal.because(code, message),
});

import { Worded } from '../../../../shared/subgraph/index.js';
import type { Text } from '../../../../shared/kernel/index.js';
import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { RegisteredSystem } from '../system/registered-system.entity.js';
import { Department } from './department.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '名录办理结果\nA refusal, or the entry as it is now.' })
export class RegisterResult {
  @Field(() => Department, { nullable: true, description: '部门' })
  department?: Department;

  @Field(() => RegisteredSystem, { nullable: true, description: '接入系统' })
  system?: RegisteredSystem;

  @Field(() => String, {
    nullable: true,
    description: '提示\nSomething to look at once more; it was entered all the same.',
  })
  @Worded()
  warning?: Text | undefined;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

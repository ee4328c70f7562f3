import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { Duty } from './duty.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '职能办理结果\nExactly one of `duty` and `refusal` is set.' })
export class DutyResult {
  @Field(() => Duty, { nullable: true, description: '职能' })
  duty?: Duty;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { Scenario } from './scenario.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '应用场景办理结果\nExactly one of `scenario` and `refusal` is set.' })
export class ScenarioResult {
  @Field(() => Scenario, { nullable: true, description: '应用场景' })
  scenario?: Scenario;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

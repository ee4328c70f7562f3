import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { Correction } from './correction.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据纠错办理结果\nThe correction as it is now, also beside a refusal of a later step.' })
export class CorrectionResult {
  @Field(() => Correction, { nullable: true, description: '数据纠错' })
  correction?: Correction;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { CorrectionReceipt } from './correction-receipt.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '校核结果确认办理结果\nExactly one of `receipt` and `refusal` is set.' })
export class CorrectionReceiptResult {
  @Field(() => CorrectionReceipt, { nullable: true, description: '校核结果告知' })
  receipt?: CorrectionReceipt;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

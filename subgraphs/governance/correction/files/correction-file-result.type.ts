import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { CorrectionFile } from './correction-file.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '证明材料办理结果\nExactly one of `file` and `refusal` is set.' })
export class CorrectionFileResult {
  @Field(() => CorrectionFile, { nullable: true, description: '证明材料' })
  file?: CorrectionFile;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

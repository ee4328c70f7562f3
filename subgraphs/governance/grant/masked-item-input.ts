import { Field, InputType } from 'type-graphql';
import type { Coordinate, Mask } from '../../../shared/kernel/index.js';
import { MaskForms } from './share-grant.entity.js';

@InputType({ description: '脱敏项' })
export class MaskedItemInput {
  @Field(() => String)
  coordinate!: Coordinate;

  @Field(() => MaskForms)
  as!: Mask;
}

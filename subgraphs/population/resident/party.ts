import { Field, InterfaceType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';

/** Who can own, owe and apply: a resident here, an enterprise or institution in `legal-entity`. */
@InterfaceType({ description: '民事主体\nA person or an organisation.' })
export abstract class Party {
  @Share('UNCONDITIONAL')
  @Field({ description: '名称' })
  name!: string;

  @Share('CONDITIONAL', { condition: '履行职责需要' })
  @Field(() => String, { nullable: true, description: '联系电话' })
  phone?: string;
}

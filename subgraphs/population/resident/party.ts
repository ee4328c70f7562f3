import { Field, InterfaceType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';

/** A natural or legal person: a resident here, an enterprise or institution in `legal-entity`. */
@Share('UNCONDITIONAL') // no stricter than each implementation says itself
@InterfaceType({ description: '民事主体\nA person or an organisation.' })
export abstract class Party {
  @Field({ description: '名称' })
  name!: string;

  @Field(() => String, { nullable: true, description: '联系电话' })
  phone?: string;
}

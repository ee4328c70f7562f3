import { ArgsType, Field } from 'type-graphql';
import type { Grounds } from './grounds.rule.js';

/** Grounds of a decision, as arguments. */
@ArgsType()
export class GroundsArguments implements Grounds {
  @Field(() => String, { nullable: true, description: '原因' })
  reason?: string | null;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[] | null;
}

import { ArgsType, Field } from 'type-graphql';
import { GrantParties } from './grant-party.js';
import type { Party } from './party.rule.js';

@ArgsType()
abstract class GrantPartArguments {
  @Field(() => String)
  id!: string;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[] | null;

  @Field(() => GrantParties, {
    nullable: true,
    description: '以何方身份\nBy default the widest party that the caller can act as.',
  })
  as?: Party | null;
}

/** Arguments of a command that stops a grant. */
@ArgsType()
export class EndGrantArguments extends GrantPartArguments {
  @Field(() => String, { description: '原因' })
  reason!: string;
}

/** Arguments of a command that lifts a suspension. */
@ArgsType()
export class ResumeGrantArguments extends GrantPartArguments {
  @Field(() => String, { nullable: true, description: '原因' })
  reason?: string | null;
}

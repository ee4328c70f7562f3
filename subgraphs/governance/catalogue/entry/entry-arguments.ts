import { ArgsType, Field, Int } from 'type-graphql';
import type { EntryReference } from './execute-entry-command.js';

/** The entry that a mutation is for. */
@ArgsType()
export class EntryArguments implements EntryReference {
  @Field(() => String)
  code!: string;

  @Field(() => Int, { description: '版本号\nAs the caller saw it; a decision on another is refused.' })
  version!: number;
}

import { ArgsType, Field, Int } from 'type-graphql';
import { HubError } from '../kernel/index.js';

/** Arguments of every list: how many, and from where. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { description: '1 to 100.' })
  first: number = 20;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the record that the page starts after, e.g. `endCursor` of the page before.',
  })
  after?: string | null;
}

/** @throws HubError BAD_USER_INPUT when a page of this size may not be asked for */
export function requirePageSize(first: number, max = 100): void {
  if (first >= 1 && first <= max) return;
  throw new HubError('BAD_USER_INPUT', `\`first\` must be from 1 to ${max}.`);
}

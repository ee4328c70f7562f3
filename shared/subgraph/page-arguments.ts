import { ArgsType, Field, Int } from 'type-graphql';

/** Arguments of every list: how many, and from where. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { description: '1 to 100.' })
  first: number = 20;

  @Field(() => String, { nullable: true, description: 'Cursor of the page before, as `next` gave it.' })
  after?: string | null;
}

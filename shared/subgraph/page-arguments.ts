import { ArgsType, Field, Int } from 'type-graphql';

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

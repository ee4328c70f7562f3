import { Field, InputType } from 'type-graphql';

@InputType({ description: '应用场景登记内容' })
export class ScenarioInput {
  @Field({ description: '所属部门代码' })
  department!: string;

  @Field({
    description:
      '场景代码\n2 to 63 small letters, digits and hyphens, as the share-scenario header names it; it never changes.',
  })
  code!: string;

  @Field({ description: '场景名称\nAt most 60 characters.' })
  name!: string;

  @Field({ description: '用途\nAt most 300 characters.' })
  purpose!: string;

  @Field(() => [String], { description: '依据\nOne to 20 clauses or other provisions.' })
  basis!: string[];
}

@InputType({ description: '应用场景变更内容\nA field that is left out stays as it is.' })
export class ScenarioChange {
  @Field(() => String, { nullable: true, description: '场景名称\nAt most 60 characters.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '用途\nAt most 300 characters; it stays while grants or open applications rest on it.',
  })
  purpose?: string | null;

  @Field(() => [String], { nullable: true, description: '依据\nOne to 20 clauses or other provisions.' })
  basis?: string[] | null;
}

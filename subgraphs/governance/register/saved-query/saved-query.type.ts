import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import { MOST_CHARACTERS, MOST_NAME, MOST_QUERIES } from './saved-query.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({
  description:
    '已保存的查询\nText of a query that a person keeps, or shares with their department. Never values of its variables.',
})
export class SavedQuery {
  @Field({ description: '编号' })
  id!: string;

  @Field({ description: '名称' })
  name!: string;

  @Field({ description: '查询文本' })
  text!: string;

  @Field(() => String, { nullable: true, description: '应用场景代码\nUnder which it is meant to be run.' })
  scenario?: string | null;

  @Field({ description: '是否与本部门共用' })
  shared!: boolean;

  @Field({ description: '是否本人保存' })
  own!: boolean;

  @Field({ description: '保存人姓名' })
  ownerName!: string;

  @Field(() => GraphQLISODateTime, { description: '保存时间' })
  savedAt!: Date;
}

export const SavedQueryConnection = defineConnection(SavedQuery, { title: '已保存的查询' });

@InputType({ description: '查询保存内容' })
export class SavedQueryInput {
  @Field(() => String, {
    nullable: true,
    description: `编号\nOf the caller’s own query that is replaced; a new one where absent, at most ${MOST_QUERIES} of a person.`,
  })
  id?: string | null;

  @Field({ description: `名称\nAt most ${MOST_NAME} characters.` })
  name!: string;

  @Field({
    description: `查询文本\nQueries alone, at most ${MOST_CHARACTERS} characters. A citizen’s number in it is refused: it belongs into a variable.`,
  })
  text!: string;

  @Field(() => String, { nullable: true, description: '应用场景代码\nOf the own department.' })
  scenario?: string | null;

  @Field({
    defaultValue: false,
    description: '是否与本部门共用\nThe own department’s persons then see it, nobody else.',
  })
  shared!: boolean;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '查询保存结果\nExactly one of `query` and `refusal` is set.' })
export class SavedQueryResult {
  @Field(() => SavedQuery, { nullable: true, description: '已保存的查询\nAs it was, where it was deleted.' })
  query?: SavedQuery;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

import { EntityName } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';

@Resource({ code: '900002/000007', name: '检索同义词', provider: 'data-bureau', updateCycle: 'IRREGULAR' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '检索同义词\nA word of everyday life, and the words of catalogues that a search for it finds too.',
})
export class SearchSynonym {
  [EntityName]?: 'SearchSynonym';

  @Field({ description: '日常用词' })
  @PrimaryKey()
  word!: string;

  @Field(() => [String], { description: '目录用词' })
  @Property({ type: 'json' })
  meanings!: string[];

  @Field(() => GraphQLISODateTime, { description: '最近修改时间' })
  @Property({ type: 'datetime' })
  changedAt!: Date;

  /** Null for the words that came with the hub. */
  @Property({ nullable: true })
  changedBy?: string | null;
}

export const SearchSynonymConnection = defineConnection(SearchSynonym, { title: '检索同义词' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '检索同义词办理结果\nExactly one member is set.' })
export class SearchSynonymResult {
  @Field(() => SearchSynonym, { nullable: true, description: '检索同义词\nAs it was, where it was removed.' })
  synonym?: SearchSynonym;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

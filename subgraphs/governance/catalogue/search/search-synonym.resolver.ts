import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { removeSynonym, setSynonym } from './keep-synonym.commands.js';
import { SearchSynonym, SearchSynonymConnection, SearchSynonymResult } from './search-synonym.entity.js';
import { foldWord } from './search-synonym.rule.js';

/** Words of everyday life by which the catalogue is found, kept by the authority. @source HZ-8.3a */
@Resolver()
export class SearchSynonymResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SearchSynonymConnection, { nullable: true, description: '查询检索同义词' })
  searchSynonyms(
    @Filters('SearchSynonym.word')
    @Arg('word', () => String, { nullable: true })
    word: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SearchSynonym>> {
    return rows.connection(SearchSynonym, word == null ? {} : { word: foldWord(word) }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SearchSynonymResult, {
    description:
      '设置检索同义词\nBy the authority; a word that has meanings gets these instead. In force with the next search.',
  })
  setSynonym(
    @Arg('word', () => String, { description: '日常用词\nLetters and digits, at most 20.' }) word: string,
    @Arg('meanings', () => [String], { description: '目录用词\nAt most 10.' }) meanings: string[],
    @Ctx() context: GovernanceContext,
  ): Promise<SearchSynonymResult> {
    return setSynonym(context, { word, meanings });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => SearchSynonymResult, { description: '删除检索同义词\nBy the authority.' })
  removeSynonym(
    @Arg('word', () => String) word: string,
    @Ctx() context: GovernanceContext,
  ): Promise<SearchSynonymResult> {
    return removeSynonym(context, word);
  }
}

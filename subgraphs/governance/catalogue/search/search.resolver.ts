import type { GraphQLResolveInfo } from 'graphql';
import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { HubError, SHARE_TYPES, type ShareType } from '../../../../shared/kernel/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../../shared/subgraph/index.js';
import { queryIn } from '../../core/index.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { searchItems } from './search.js';
import { OpenTypes, States, type CatalogueState, type Openness } from '../checks/vocabulary.rule.js';

@ArgsType()
export class CatalogueSearch {
  @Field({ description: '检索词\nWords of Chinese or Latin; at most 100 characters.' })
  text!: string;

  @Filters('CatalogueResource.provider')
  @Field(() => String, { nullable: true, description: '提供部门代码' })
  provider?: string | null;

  @Filters('CatalogueResource.library')
  @Field(() => String, { nullable: true, description: '所属库' })
  library?: string | null;

  @Filters('CatalogueItem.shareType')
  @Field(() => String, { nullable: true, description: `共享类型\nOf ${SHARE_TYPES.join(', ')}.` })
  shareType?: ShareType | null;

  @Filters('CatalogueResource.openness')
  @Field(() => OpenTypes, { nullable: true, description: '开放属性' })
  openness?: Openness | null;

  @Filters('CatalogueResource.state')
  @Field(() => States, { nullable: true, description: '状态\nPUBLISHED where absent.' })
  state?: CatalogueState | null;

  @Field(() => Int, { defaultValue: 20, description: '1 to 100.' })
  first!: number;

  @Field(() => Int, { defaultValue: 0, description: '跳过条数\nAt most 10000.' })
  skip!: number;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '检索结果' })
export class CatalogueHit {
  /** Ids of the item and of its entry. */
  item!: string;
  resource!: string;

  @Field(() => Float, { description: '相关度\nComparable within one answer.' })
  rank!: number;

  @Field({ description: '是否近似\nFound by parts of words, because no word was found.' })
  near!: boolean;
}

/** Search of the catalogue by Chinese words. @source HZ-8.3a */
@Resolver(() => CatalogueHit)
export class CatalogueSearchResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueHit], {
    nullable: true,
    description: '检索目录\nItems by their names, their resources’ and descriptions, the best first.',
  })
  async searchCatalogue(
    @Args(() => CatalogueSearch) search: CatalogueSearch,
    @Ctx() { em, fetch }: SubgraphContext,
  ): Promise<CatalogueHit[]> {
    if (!(search.first >= 1 && search.first <= 100 && search.skip >= 0 && search.skip <= 10_000))
      throw new HubError('BAD_USER_INPUT', '`first` must be from 1 to 100 and `skip` from 0 to 10000.');
    if (search.text.length > 100) throw new HubError('BAD_USER_INPUT', '`text` is longer than 100 characters.');
    const hits = await searchItems(queryIn(em), search, fetch);
    return hits.map((hit) => Object.assign(new CatalogueHit(), hit));
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => CatalogueItem, { nullable: true, description: '信息项' })
  item(
    @Root() hit: CatalogueHit,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueItem | null> {
    return rows.one(CatalogueItem, 'id', hit.item, info);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => CatalogueResource, { nullable: true, description: '目录条目' })
  resource(
    @Root() hit: CatalogueHit,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueResource | null> {
    return rows.one(CatalogueResource, 'id', hit.resource, info);
  }
}

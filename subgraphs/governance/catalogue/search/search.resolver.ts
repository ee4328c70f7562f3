import type { GraphQLResolveInfo } from 'graphql';
import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Info,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { HubError, type ShareType } from '../../../../shared/kernel/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  type SubgraphContext,
  requirePageSize,
  sealList,
} from '../../../../shared/subgraph/index.js';
import { FreshnessState, type GovernanceContext } from '../../core/index.js';
import { CatalogueState, ItemShareType, Openness } from '../entry/catalogue-enums.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { type ItemHit, searchItems } from './item-search.store.js';
import { say } from '../messages/index.js';

@ArgsType()
export class CatalogueSearch extends PageArguments {
  @Field({ description: '检索词\nWords of Chinese or Latin; at most 100 characters.' })
  text!: string;

  @Filters('CatalogueResource.provider')
  @Field(() => String, { nullable: true, description: '提供部门代码' })
  provider?: string | null;

  @Filters('CatalogueResource.library')
  @Field(() => String, { nullable: true, description: '所属库\nAny name: profiles and providers add libraries.' })
  library?: string | null;

  @Filters('CatalogueItem.shareType')
  @Field(() => ItemShareType, { nullable: true, description: '共享类型' })
  shareType?: ShareType | null;

  @Filters('CatalogueResource.openness')
  @Field(() => Openness, { nullable: true, description: '开放属性' })
  openness?: Openness | null;

  @Filters('ResourceFreshness.state')
  @Field(() => FreshnessState, { nullable: true, description: '数据更新状态' })
  freshness?: FreshnessState | null;

  @Filters('CatalogueResource.state')
  @Field(() => CatalogueState, { nullable: true, description: '状态\nPUBLISHED where absent.' })
  state?: CatalogueState | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '检索结果' })
export class CatalogueHit implements ItemHit {
  item!: string;
  resource!: string;

  @Field(() => Float, { description: '相关度\nComparable within one answer.' })
  rank!: number;

  @Field({ description: '是否近似\nFound by parts of words, because no word was found.' })
  near!: boolean;
}

const CatalogueHitConnection = defineConnection(CatalogueHit, { title: '检索结果' });

/** Search of the catalogue by Chinese words. @source HZ-8.3a */
@Resolver(() => CatalogueHit)
export class CatalogueSearchResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueHitConnection, {
    nullable: true,
    description: '检索目录\nItems by their names, their resources’ and descriptions, the best first.',
  })
  async searchCatalogue(
    @Args(() => CatalogueSearch) search: CatalogueSearch,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<ItemHit>> {
    const list = sealList(context, 'searchCatalogue');
    requirePageSize(search.first);
    if (search.text.length > 100) throw new HubError('BAD_USER_INPUT', say('search.long'));
    const { em, fetch, own } = context;
    const codes =
      search.freshness == null ? undefined : await own.findCodesByFreshness(em, search.freshness, own.now());
    return list.seal(await searchItems(em, { ...list.open(search), codes }, fetch));
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

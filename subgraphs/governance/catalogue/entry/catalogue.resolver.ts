import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, FieldResolver, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  PageArguments,
  ReadsOf,
  type Page,
  type SubgraphContext,
  type RowCondition,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { CatalogueChange } from './catalogue-change.entity.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import { CatalogueFinding } from './catalogue-result.js';
import { findingsOf } from '../checks/entry-findings.js';
import { EntryStore } from './entry-store.js';
import { visible } from './visible.js';
import { States, type CatalogueState } from '../checks/vocabulary.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录条目分页' })
export class CatalogueResourcePage {
  @Field(() => [CatalogueResource], { description: '本页记录' })
  items!: CatalogueResource[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

/** The catalogue as each may see it. @source HZ-4.2b, HZ-8.3a, CZ-7c */
@Resolver(() => CatalogueResource)
export class CatalogueResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueResourcePage, {
    nullable: true,
    description: '查询目录条目\nWithout `superseded`, the revisions that count.',
  })
  catalogueResources(
    @Filters('CatalogueResource.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Filters('CatalogueResource.library')
    @Arg('library', () => String, { nullable: true })
    library: string | null | undefined,
    @Filters('CatalogueResource.state')
    @Arg('state', () => States, { nullable: true })
    state: CatalogueState | null | undefined,
    @Filters('CatalogueResource.code') @Arg('code', () => String, { nullable: true }) code: string | null | undefined,
    @Filters('CatalogueResource.supersededAt')
    @Arg('superseded', () => Boolean, { defaultValue: false })
    superseded: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<CatalogueResource>> {
    const where: RowCondition<CatalogueResource>[] = [
      visible(fetch),
      ...(provider == null ? [] : [{ provider }]),
      ...(library == null ? [] : [{ library }]),
      ...(state == null ? [] : [{ state }]),
      ...(code == null ? [] : [{ code }]),
      ...(superseded ? [] : [{ supersededAt: null }]),
    ];
    return rows.page(CatalogueResource, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => CatalogueResource, {
    nullable: true,
    description: '按编号查询目录条目\nA code and its revision, `101001/000001@1`; of a code alone, what is in force.',
  })
  async catalogueResource(
    @Filters('CatalogueResource.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueResource | null> {
    const named = id.includes('@') ? { id } : { code: id, state: 'PUBLISHED' as const, supersededAt: null };
    return (await rows.find(CatalogueResource, { $and: [named, visible(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueFinding], {
    nullable: true,
    description:
      '检查目录条目\nEverything that is wrong or doubtful with the revision that is worked on; null where the caller sees none.',
  })
  async catalogueFindings(
    @Filters('CatalogueResource.code') @Arg('code', () => String) code: string,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<CatalogueFinding[] | null> {
    const store = new EntryStore(em, fetch, own.now);
    const entry = (await store.open(code)) ?? (await store.standing(code));
    if (!entry || (await em.count(CatalogueResource, { $and: [{ id: entry.id }, visible(fetch)] })) === 0) return null;
    const findings = await findingsOf(em, entry, await store.itemsOf(entry), own.profile);
    return findings.map((finding) => CatalogueFinding.of(finding));
  }

  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueChange], {
    nullable: true,
    description: '目录变更记录\nOf one entry, oldest first; for its provider, the authority and auditors.',
  })
  async catalogueHistory(
    @Filters('CatalogueChange.code') @Arg('code', () => String) code: string,
    @Arg('first', () => Int, { defaultValue: 100, description: '1 to 500.' }) first: number,
    @Ctx() { em, rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueChange[]> {
    const own = seesAll(fetch) || (await em.count(CatalogueResource, { code, provider: fetch.department })) > 0;
    if (!own) return [];
    return rows.find(CatalogueChange, { code }, info, {
      orderBy: { id: 'asc' },
      limit: Math.min(Math.max(first, 1), 500),
    });
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => [CatalogueItem], { nullable: true, description: '信息项' })
  @ReadsOf(CatalogueResource, 'id')
  items(
    @Root() { id }: CatalogueResource,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueItem[]> {
    return rows.many(CatalogueItem, 'resource', id, info, 500);
  }
}

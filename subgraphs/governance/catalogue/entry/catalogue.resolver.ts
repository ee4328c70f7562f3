import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  ReadsOf,
  type SubgraphContext,
  toConnection,
  requirePageSize,
  sealList,
} from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueFinding } from '../checks/catalogue-finding.js';
import { checkStoredEntry } from '../checks/check-stored-entries.js';
import { isUpdateCycle } from '../checks/vocabulary.rule.js';
import { CatalogueChange } from './catalogue-change.entity.js';
import { CatalogueState, UpdateCycle } from './catalogue-enums.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import { filterEntries, filterEntryById } from './filter-entries.js';
import { findPublishedItems } from './published-items.store.js';
import { findVisibleEntry, mayReadHistory } from './visible-entry.store.js';
import { say } from '../messages/index.js';

const CatalogueResourceConnection = defineConnection(CatalogueResource, { title: '目录条目' });
const CatalogueChangeConnection = defineConnection(CatalogueChange, { title: '目录变更记录' });
const CatalogueFindingConnection = defineConnection(CatalogueFinding, { title: '目录检查结果' });

/** As many as an application may name. */
const MOST_COORDINATES = 500;

/** The catalogue as each caller may see it. @source HZ-4.2b, HZ-8.3a, CZ-7c */
@Resolver(() => CatalogueResource)
export class CatalogueResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueResourceConnection, {
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
    @Arg('state', () => CatalogueState, { nullable: true })
    state: CatalogueState | null | undefined,
    @Filters('CatalogueResource.code') @Arg('code', () => String, { nullable: true }) code: string | null | undefined,
    @Filters('CatalogueResource.supersededAt')
    @Arg('superseded', () => Boolean, { defaultValue: false })
    superseded: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<CatalogueResource>> {
    const where = filterEntries(fetch, { provider, library, state, code, superseded });
    return rows.connection(CatalogueResource, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => CatalogueResource, {
    nullable: true,
    description:
      '按编号查询目录条目\nA code and its revision, `101001/000001@1`; of a code alone, the published revision.',
  })
  async catalogueResource(
    @Filters('CatalogueResource.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueResource | null> {
    return (await rows.find(CatalogueResource, filterEntryById(fetch, id), info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Query(() => [CatalogueItem], {
    nullable: true,
    description: '按坐标查询信息项\nOf the entries in force; what is in none is left out. At most 500 coordinates.',
  })
  async catalogueItems(
    @Filters('CatalogueItem.coordinate') @Arg('coordinates', () => [String]) coordinates: string[],
    @Ctx() { em, rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueItem[]> {
    if (coordinates.length > MOST_COORDINATES)
      throw new HubError('BAD_USER_INPUT', say('entry.coordinates', { most: MOST_COORDINATES }));
    if (coordinates.length === 0) return [];
    return rows.find(CatalogueItem, { id: { $in: await findPublishedItems(em, coordinates) } }, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => CatalogueFindingConnection, {
    nullable: true,
    description:
      '检查目录条目\nEverything that is wrong or doubtful with the revision that is worked on; null where the caller sees none.',
  })
  async catalogueFindings(
    @Filters('CatalogueResource.code') @Arg('code', () => String) code: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<CatalogueFinding> | null> {
    const { em, fetch, own } = context;
    const list = sealList(context, 'catalogueFindings');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const start = after == null ? 0 : Number(after) + 1;
    const found = await findVisibleEntry(em, code, fetch);
    if (!found) return null;
    const findings = (await checkStoredEntry(em, found.entry, found.items, own.profile)).map((finding, at) =>
      Object.assign(CatalogueFinding.of(finding), { position: at }),
    );
    const cursorOf = ({ position }: { readonly position: number }) => String(position);
    return list.seal(toConnection(findings.slice(start, start + first + 1), { first, after, cursorOf }));
  }

  @Share('UNCONDITIONAL')
  @Query(() => CatalogueChangeConnection, {
    nullable: true,
    description: '目录变更记录\nOf one entry, oldest first; for its provider, the authority and auditors.',
  })
  async catalogueHistory(
    @Filters('CatalogueChange.code') @Arg('code', () => String) code: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { em, rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<CatalogueChange>> {
    // Who may not read it gets an empty list, and is told of a wrong cursor like everybody else.
    const visible = (await mayReadHistory(em, code, fetch)) ? {} : { id: { $in: [] } };
    return rows.connection(CatalogueChange, { code, ...visible }, info, page);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => [CatalogueItem], { nullable: true, description: '信息项\nAt most 5,000.' })
  @ReadsOf(CatalogueResource, 'id')
  items(
    @Root() { id }: CatalogueResource,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogueItem[]> {
    return rows.many(CatalogueItem, 'resource', id, info, 5_000);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => UpdateCycle, {
    nullable: true,
    description: '更新周期\nNull where the schema states none that there is; `catalogueFindings` then names its text.',
  })
  @ReadsOf(CatalogueResource, 'updateCycle')
  updateCycle(@Root() { updateCycle }: CatalogueResource): UpdateCycle | null {
    return updateCycle != null && isUpdateCycle(updateCycle) ? updateCycle : null;
  }
}

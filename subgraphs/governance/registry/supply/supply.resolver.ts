import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  requirePageSize,
  sealList,
  toConnection,
} from '../../../../shared/subgraph/index.js';
import { findPublishedResources } from '../../catalogue/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { readServedTypes } from './read-served-types.js';
import { ResourceSupply, ResourceSupplyConnection, SupplyModes } from './resource-supply.type.js';
import { supplyOf, type SupplyMode } from './supply.rule.js';

/** Where the resources of the catalogue come from, and those that come from nowhere. */
@Resolver(() => ResourceSupply)
export class SupplyResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ResourceSupplyConnection, {
    nullable: true,
    description:
      '查询资源提供情况\nHosted by the hub, connected, or a gap. Those of the own department; all for authority, auditor and operator.',
  })
  async resourceSupply(
    @Filters('ResourceSupply.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Filters('ResourceSupply.library')
    @Arg('library', () => String, { nullable: true })
    library: string | null | undefined,
    @Filters('ResourceSupply.supply')
    @Arg('supply', () => [SupplyModes], { nullable: true })
    wanted: SupplyMode[] | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<ResourceSupply>> {
    const { em, fetch, own } = context;
    const list = sealList(context, 'resourceSupply');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const listed = new Set((await own.registry?.readListed()) ?? []);
    const served = await readServedTypes(em);
    const resources = (await findPublishedResources(em))
      .filter((each) => seesAll(fetch) || each.provider === fetch.department)
      .filter((each) => provider == null || each.provider === provider)
      .filter((each) => library == null || each.library === library)
      .map(({ code, name, provider, library, subgraph, typeName }): ResourceSupply => {
        const supply = supplyOf({ subgraph, typeName }, listed, served);
        return { code, name, provider, library, subgraph, supply };
      })
      .filter(({ code, supply }) => (wanted == null || wanted.includes(supply)) && (after == null || code > after))
      .sort((one, other) => (one.code < other.code ? -1 : 1));
    return list.seal(toConnection(resources.slice(0, first + 1), { first, after, cursorOf: ({ code }) => code }));
  }
}

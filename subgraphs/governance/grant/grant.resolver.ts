import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { GrantConnection, ShareGrant } from './share-grant.entity.js';

/** Grants: read by the department they were given to, by those whose data they give, and by the authority. A grant is made
 *  by the decision of an application alone, so that no one goes round its review. */
@Resolver(() => ShareGrant)
export class GrantResolver {
  @Share('UNCONDITIONAL')
  @Query(() => GrantConnection, {
    nullable: true,
    description: '查询授权\nThe own department’s, and those given of its data; every department’s for the authority.',
  })
  grants(
    @Filters('Grant.department') @Arg('department', () => String, { nullable: true }) department: string | undefined,
    @Filters('Grant.scenario') @Arg('scenario', () => String, { nullable: true }) scenario: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ShareGrant>> {
    const where: RowCondition<ShareGrant>[] = [
      visibleGrants(fetch),
      ...(department ? [{ department }] : []),
      ...(scenario ? [{ scenario }] : []),
    ];
    return rows.connection(ShareGrant, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ShareGrant, { nullable: true, description: '按编号查询授权' })
  async grantOf(
    @Filters('Grant.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareGrant | null> {
    return (await rows.find(ShareGrant, { $and: [{ id }, visibleGrants(fetch)] }, info))[0] ?? null;
  }
}

/** A department sees its own grants and those that it has given of its data; the authority sees all. */
const visibleGrants = ({ department, roles = [] }: SubgraphContext['fetch']): RowCondition<ShareGrant> => {
  if (roles.includes('authority')) return {};
  return roles.includes('provider') ? { $or: [{ department }, { provider: department }] } : { department };
};

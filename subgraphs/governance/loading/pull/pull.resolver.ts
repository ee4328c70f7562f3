import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import { seesAll } from '../../core/index.js';
import { Pull, PullConnection } from './pull.entity.js';

@Resolver(() => Pull)
export class PullResolver {
  @Share('UNCONDITIONAL')
  @Query(() => PullConnection, {
    nullable: true,
    description: '查询定时拉取\nThose of the own department; all for authority, auditor and operator.',
  })
  pulls(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Pull>> {
    return rows.connection(Pull, seesAll(fetch) ? {} : { department: fetch.department }, info, page);
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import { Scenario, ScenarioConnection } from './scenario.entity.js';

/** The purposes for which departments ask. */
@Resolver(() => Scenario)
export class ScenarioResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ScenarioConnection, { nullable: true, description: '应用场景名录\nOf one department where named.' })
  scenarios(
    @Filters('Scenario.department') @Arg('department', () => String, { nullable: true }) department: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Scenario>> {
    return rows.connection(Scenario, department ? { department } : {}, info, page);
  }
}

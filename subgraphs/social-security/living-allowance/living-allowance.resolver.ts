import type { GraphQLResolveInfo } from 'graphql';
import { Args, ArgsType, Ctx, Field, Info, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  defineConnection,
  inDivision,
  orderByDivision,
  PageArguments,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { LivingAllowance } from './living-allowance.entity.js';

@ArgsType()
class LivingAllowancesArguments extends PageArguments {
  @Filters('LivingAllowance.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;
}

export const LivingAllowanceConnection = defineConnection(LivingAllowance, { title: '最低生活保障', counted: true });

@Resolver()
export class LivingAllowanceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => LivingAllowanceConnection, {
    nullable: true,
    description: '查询最低生活保障\nSorted by case number, within `division` by division first.',
  })
  livingAllowances(
    @Args(() => LivingAllowancesArguments) { division, first, after }: LivingAllowancesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<LivingAllowance>> {
    const where: RowCondition<LivingAllowance> = division != null ? { divisionCode: inDivision(division) } : {};
    return rows.connection(LivingAllowance, where, info, { first, after, order: orderByDivision(division) });
  }
}

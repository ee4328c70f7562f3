import type { FilterQuery } from '@mikro-orm/postgresql';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, ArgsType, Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderWithin,
  PageArguments,
  type Page,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { LivingAllowance } from './living-allowance.entity.js';

@ArgsType()
class LivingAllowancesArguments extends PageArguments {
  @Filters('LivingAllowance.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '最低生活保障分页' })
export class LivingAllowancePage {
  @Field(() => [LivingAllowance], { description: '本页记录' })
  items!: LivingAllowance[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

@Resolver()
export class LivingAllowanceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => LivingAllowancePage, {
    nullable: true,
    description: '查询最低生活保障\nSorted by case number, within `division` by division first.',
  })
  livingAllowances(
    @Args(() => LivingAllowancesArguments) { division, first, after }: LivingAllowancesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<LivingAllowance>> {
    const where: FilterQuery<LivingAllowance> = division != null ? { divisionCode: inDivision(division) } : {};
    return rows.page(LivingAllowance, where, info, { first, after, order: orderWithin(division) });
  }
}

import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { ReadsOf, type SubgraphContext } from '../../../shared/subgraph/index.js';
import { Resident } from '../resident/resident.entity.js';
import { Household } from './household.entity.js';

const RELATIVES = { condition: '办理与家庭成员有关的事项', basis: ['户口登记条例 第五条'] };

@Resolver(() => Household)
export class HouseholdResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Household, { nullable: true, description: '按户号查询家庭户' })
  household(
    @Filters('Household.householdNumber') @Arg('householdNumber', () => String) householdNumber: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Household | null> {
    return rows.one(Household, 'householdNumber', householdNumber, info);
  }

  /** The number that is kept counts a protected member, whom the list of members leaves out. */
  @FieldResolver()
  async size(
    @Root() { size, householdNumber }: Household,
    @Ctx() { rows, protectedSubjects }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<number> {
    if (protectedSubjects.of('public-security', 'PERSON').length === 0) return size;
    return (await rows.many(Resident, 'householdNumber', householdNumber, info)).length;
  }

  @Share('CONDITIONAL', RELATIVES)
  @FieldResolver(() => Resident, { nullable: true, description: '户主' })
  @ReadsOf(Household, 'headIdNumber')
  head(
    @Root() { headIdNumber }: Household,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Resident | null> {
    return rows.one(Resident, 'idNumber', headIdNumber, info);
  }

  @Share('CONDITIONAL', RELATIVES)
  @FieldResolver(() => [Resident], { nullable: true, description: '家庭成员' })
  members(
    @Root() { householdNumber }: Household,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Resident[]> {
    return rows.many(Resident, 'householdNumber', householdNumber, info);
  }
}

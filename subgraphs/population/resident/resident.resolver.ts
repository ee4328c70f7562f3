import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderByDivision,
  ReadsOf,
  parseOrder,
  startsWith,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { Household } from '../household/household.entity.js';
import { Party } from './party.js';
import { ResidentConnection, ResidentsArguments } from './resident-connection.js';
import { Resident } from './resident.entity.js';

@Resolver(() => Resident)
export class ResidentResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Resident, { nullable: true, description: '按身份号码查询常住人口' })
  resident(
    @Filters('Resident.idNumber') @Arg('idNumber', () => String) idNumber: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Resident | null> {
    return rows.one(Resident, 'idNumber', idNumber, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ResidentConnection, {
    nullable: true,
    description:
      '查询常住人口\nSorted by identity number, within `division` by division first, unless `order` says otherwise.',
  })
  residents(
    @Args(() => ResidentsArguments) { division, namePrefix, phone, order, first, after }: ResidentsArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Resident>> {
    const where: RowCondition<Resident>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (namePrefix != null) where.push({ name: startsWith(namePrefix) });
    if (phone != null) where.push({ phone });
    return rows.connection(Resident, { $and: where }, info, {
      first,
      after,
      order: parseOrder(order) ?? orderByDivision(division),
    });
  }

  @Share('UNCONDITIONAL')
  @Query(() => Party, { nullable: true, description: '按标识查询民事主体' })
  party(
    @Filters('Resident.idNumber') @Arg('identifier', () => String) identifier: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Party | null> {
    return rows.one(Resident, 'idNumber', identifier, info);
  }

  @Share('CONDITIONAL', { condition: '办理与家庭成员有关的事项', basis: ['户口登记条例 第五条'] })
  @FieldResolver(() => Household, { nullable: true, description: '所属家庭户' })
  @ReadsOf(Resident, 'householdNumber')
  household(
    @Root() { householdNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Household | null> {
    return rows.one(Household, 'householdNumber', householdNumber, info);
  }
}

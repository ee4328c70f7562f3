import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderByDivision,
  startsWith,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { EnterpriseConnection, EnterprisesArguments } from './enterprise-connection.js';
import { Enterprise } from './enterprise.entity.js';

@Resolver()
export class EnterpriseResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Enterprise, {
    nullable: true,
    description: '按统一社会信用代码或注册号查询企业\nExactly one of the two.',
  })
  async enterprise(
    @Filters('Enterprise.creditCode') @Arg('creditCode', () => String, { nullable: true }) creditCode: string | null,
    @Filters('Enterprise.licenceNumber')
    @Arg('licenceNumber', () => String, { nullable: true })
    licenceNumber: string | null,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Enterprise | null> {
    if ((creditCode == null) === (licenceNumber == null))
      throw new HubError('BAD_USER_INPUT', 'Give either `creditCode` or `licenceNumber`.');
    return creditCode != null
      ? rows.one(Enterprise, 'creditCode', creditCode, info)
      : rows.one(Enterprise, 'licenceNumber', licenceNumber, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => EnterpriseConnection, {
    nullable: true,
    description: '查询企业\nSorted by unified social credit code, within `division` by division first.',
  })
  enterprises(
    @Args(() => EnterprisesArguments)
    { division, namePrefix, status, legalRepresentative, first, after }: EnterprisesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Enterprise>> {
    const where: RowCondition<Enterprise>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (namePrefix != null) where.push({ name: startsWith(namePrefix) });
    if (status != null) where.push({ status });
    if (legalRepresentative != null) where.push({ representativeIdNumber: legalRepresentative });
    return rows.connection(Enterprise, { $and: where }, info, { first, after, order: orderByDivision(division) });
  }
}

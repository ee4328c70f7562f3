import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, Info, Query, Resolver } from 'type-graphql';
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
import { InsuranceStatus } from '../insurance-status.js';
import { PensionInsurance } from './pension-insurance.entity.js';

@ArgsType()
class PensionInsurancesArguments extends PageArguments {
  @Filters('PensionInsurance.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('PensionInsurance.status')
  @Field(() => InsuranceStatus, { nullable: true })
  status?: InsuranceStatus;

  @Filters('PensionInsurance.employer')
  @Field(() => String, { nullable: true, description: 'Unified social credit code of the employer.' })
  employer?: string;
}

export const PensionInsuranceConnection = defineConnection(PensionInsurance, { title: '养老保险', counted: true });

@Resolver()
export class PensionInsuranceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => PensionInsurance, { nullable: true, description: '按参保人身份号码查询养老保险' })
  pensionInsurance(
    @Filters('PensionInsurance.insured') @Arg('idNumber', () => String) idNumber: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PensionInsurance | null> {
    return rows.one(PensionInsurance, 'insuredIdNumber', idNumber, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => PensionInsuranceConnection, {
    nullable: true,
    description: '查询养老保险\nSorted by insurance number, within `division` by division first.',
  })
  pensionInsurances(
    @Args(() => PensionInsurancesArguments) { division, status, employer, first, after }: PensionInsurancesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<PensionInsurance>> {
    const where: RowCondition<PensionInsurance>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (status != null) where.push({ status });
    if (employer != null) where.push({ employerCode: employer });
    return rows.connection(PensionInsurance, { $and: where }, info, { first, after, order: orderByDivision(division) });
  }
}

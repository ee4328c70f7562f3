import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Requires } from '../../../shared/share/decorators-federation.js';
import { Share, Verifiable } from '../../../shared/share/decorators.js';
import type { SubgraphContext } from '../../../shared/subgraph/index.js';
import { LivingAllowance } from '../living-allowance/living-allowance.entity.js';
import { MedicalInsurance } from '../medical-insurance/medical-insurance.entity.js';
import { PensionInsurance } from '../pension-insurance/pension-insurance.entity.js';
import { Resident } from './resident.js';

/** Income below which a person may apply for the living allowance, yuan a year. */
const ALLOWANCE_LIMIT = 24_000;

@Resolver(() => Resident)
export class ResidentResolver {
  @Share('CONDITIONAL', {
    provider: 'human-resources',
    condition: '办理社会保险或资格审核事项',
    basis: ['社会保险法 第七十四条'],
  })
  @FieldResolver(() => PensionInsurance, { nullable: true, description: '养老保险参保信息' })
  pensionInsurance(
    @Root() { idNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PensionInsurance | null> {
    return rows.one(PensionInsurance, 'insuredIdNumber', idNumber, info);
  }

  @Share('CONDITIONAL', {
    provider: 'medical-security',
    condition: '办理医疗保障事项',
    basis: ['医疗保障基金使用监督管理条例 第三十二条'],
  })
  @FieldResolver(() => MedicalInsurance, { nullable: true, description: '医疗保险参保信息' })
  medicalInsurance(
    @Root() { idNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MedicalInsurance | null> {
    return rows.one(MedicalInsurance, 'insuredIdNumber', idNumber, info);
  }

  @Share('CONDITIONAL', {
    provider: 'civil-affairs',
    condition: '办理社会救助或资格审核事项',
    basis: ['社会救助暂行办法 第六十一条'],
  })
  @FieldResolver(() => LivingAllowance, { nullable: true, description: '最低生活保障信息' })
  livingAllowance(
    @Root() { idNumber }: Resident,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LivingAllowance | null> {
    return rows.one(LivingAllowance, 'recipientIdNumber', idNumber, info);
  }

  @Share('CONDITIONAL', {
    provider: 'civil-affairs',
    condition: '办理社会救助或资格审核事项',
    basis: ['社会救助暂行办法 第九条'],
  })
  @Verifiable()
  @Requires('annualIncome')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      '是否符合最低生活保障收入条件\nComputed from the income, which the police department keeps and consents to.',
  })
  livingAllowanceEligible(@Root() { annualIncome }: Resident): boolean | null {
    return annualIncome == null ? null : annualIncome < ALLOWANCE_LIMIT;
  }
}

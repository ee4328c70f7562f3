import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Measure, Resource, Scope, Share, Verifiable } from '../../../shared/share/decorators.js';
import { Reads, SubjectColumn } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { Enterprise } from '../enterprise/enterprise.js';
import { InsuranceStatus } from '../insurance-status.js';
import { Resident } from '../resident/resident.js';

@Resource({
  code: '201001/000001',
  name: '企业职工基本养老保险参保信息',
  provider: 'human-resources',
  library: 'SOCIAL_SECURITY',
  category: '主题类',
  updateCycle: 'MONTHLY',
})
@Share('UNCONDITIONAL', { basis: ['社会保险法 第七十四条'] })
@Key('insuranceNumber')
@Entity()
@ObjectType({ description: '养老保险\nBasic pension insurance of an employed person.' })
export class PensionInsurance {
  @Basic()
  @Field({ description: '社会保险编号' })
  @PrimaryKey()
  insuranceNumber!: string;

  @SubjectColumn('PERSON')
  @Property()
  insuredIdNumber!: string;

  @Share('CONDITIONAL', { condition: '办理社会保险或资格审核事项', basis: ['社会保险法 第八十一条'] })
  @Reads('insuredIdNumber')
  @Field(() => Resident, { nullable: true, description: '参保人' })
  get insured(): Resident {
    return Resident.of(this.insuredIdNumber);
  }

  @Basic()
  @Dimension()
  @Field(() => InsuranceStatus, { description: '参保状态' })
  @Enum(() => InsuranceStatus)
  status!: InsuranceStatus;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Dimension()
  @Reads('divisionCode')
  @Field(() => Division, { description: '参保地区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Share('CONDITIONAL', { condition: '办理社会保险或资格审核事项', basis: ['社会保险法 第七十四条'] })
  @Field(() => GraphQLLocalDate, { nullable: true, description: '首次参保日期' })
  @Property({ type: 'date', nullable: true })
  insuredSince?: string;

  @Share('CONDITIONAL', { condition: '办理社会保险或资格审核事项', basis: ['社会保险法 第七十四条'] })
  @Verifiable({ bands: [180] }) // the months after which a pension is due
  @Measure({ bound: 480 })
  @Field(() => Int, { nullable: true, description: '累计缴费月数' })
  @Property({ nullable: true })
  monthsPaid?: number;

  @Property({ nullable: true })
  employerCode?: string;

  @Share('CONDITIONAL', { condition: '办理社会保险或资格审核事项', basis: ['社会保险法 第七十四条'] })
  @Reads('employerCode')
  @Field(() => Enterprise, { nullable: true, description: '参保单位' })
  get employer(): Enterprise | null {
    return this.employerCode ? Enterprise.of(this.employerCode) : null;
  }

  @Share('NOT_SHARED', { basis: ['社会保险法 第八十一条', '个人信息保护法 第二十八条'] })
  @Verifiable({ within: 1 })
  @Measure({ bound: 300_000 })
  @Field(() => Int, { nullable: true, description: '个人账户余额\nYuan.' })
  @Property({ nullable: true })
  accountBalance?: number;
}

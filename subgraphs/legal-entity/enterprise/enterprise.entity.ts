import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import {
  Basic,
  Dimension,
  Measure,
  Resource,
  Scope,
  Share,
  Subject,
  Verifiable,
} from '../../../shared/share/decorators.js';
import { Reads } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { Organisation, Party } from '../organisation/organisation.js';
import { Resident } from '../resident/resident.js';

export enum EnterpriseStatus {
  ACTIVE = 'ACTIVE',
  REVOKED = 'REVOKED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(EnterpriseStatus, {
  name: 'EnterpriseStatus',
  description: '登记状态',
  valuesConfig: {
    ACTIVE: { description: '存续' },
    REVOKED: { description: '吊销' },
    CANCELLED: { description: '注销' },
  },
});

@Resource({
  code: '102001/000001',
  name: '企业登记基本信息',
  provider: 'market-supervision',
  library: 'LEGAL_ENTITY',
  category: '基础类',
  updateCycle: 'DAILY',
})
@Share('UNCONDITIONAL', { basis: ['企业信息公示暂行条例 第六条'] })
@Key('licenceNumber')
@Key('creditCode')
@Entity()
@ObjectType({
  implements: [Organisation, Party],
  description: '企业\nAn enterprise, keyed by unified social credit code, or business licence number (HZ-7.3).',
})
export class Enterprise implements Organisation, Party {
  @Subject('ORGANISATION')
  @Basic()
  @Field({ description: '统一社会信用代码' })
  @PrimaryKey()
  creditCode!: string;

  @Basic()
  @Field({ description: '营业执照注册号\nFifteen digits.' })
  @Property()
  licenceNumber!: string;

  @Basic()
  @Field({ description: '企业名称' })
  @Property()
  name!: string;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Dimension()
  @Reads('divisionCode')
  @Field(() => Division, { description: '住所所在区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Basic()
  @Field({ description: '住所' })
  @Property()
  address!: string;

  @Property()
  representativeIdNumber!: string;

  // That somebody is a legal representative is on the public register by name; the link to their own record leads from a
  // person's number to all their enterprises, as `Resident.enterprises` does, and is as restricted.
  @Share('CONDITIONAL', {
    condition: '履行市场监管或资格审核职责需要',
    basis: ['企业信息公示暂行条例 第三条', '个人信息保护法 第十三条'],
  })
  @Reads('representativeIdNumber')
  @Field(() => Resident, { nullable: true, description: '法定代表人' })
  get legalRepresentative(): Resident {
    return Resident.of(this.representativeIdNumber);
  }

  @Basic()
  @Field(() => GraphQLLocalDate, { description: '成立日期' })
  @Property({ type: 'date' })
  establishedOn!: string;

  @Basic()
  @Dimension()
  @Field(() => EnterpriseStatus, { description: '登记状态' })
  @Enum(() => EnterpriseStatus)
  status!: EnterpriseStatus;

  @Basic()
  @Measure({ bound: 10_000 })
  @Field(() => Float, { description: '注册资本\nTen thousand yuan.' })
  @Property({ type: 'double' })
  registeredCapital!: number;

  @Field(() => String, { nullable: true, description: '联系电话' })
  @Property({ nullable: true })
  phone?: string;

  @Share('CONDITIONAL', { condition: '履行监管职责需要', basis: ['企业信息公示暂行条例 第九条'] })
  @Measure({ bound: 20_000 })
  @Field(() => Float, { nullable: true, description: '年营业收入\nTen thousand yuan, of the last annual report.' })
  @Property({ type: 'double', nullable: true })
  annualRevenue?: number;

  @Share('NOT_SHARED', { basis: ['反不正当竞争法 第九条', '商业银行法 第三十条'] })
  @Verifiable()
  @Field(() => String, { nullable: true, description: '基本账户账号' })
  @Property({ nullable: true })
  bankAccount?: string;
}

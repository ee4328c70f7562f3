import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import {
  Basic,
  Dimension,
  Mask,
  Measure,
  Resource,
  Scope,
  Share,
  Verifiable,
} from '../../../shared/share/decorators.js';
import { Reads, SubjectColumn } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { InsuranceStatus } from '../insurance-status.js';
import { Resident } from '../resident/resident.js';

export enum MedicalScheme {
  EMPLOYEE = 'EMPLOYEE',
  RESIDENT = 'RESIDENT',
}
registerEnumType(MedicalScheme, {
  name: 'MedicalScheme',
  description: '医疗保险险种',
  valuesConfig: { EMPLOYEE: { description: '职工基本医疗保险' }, RESIDENT: { description: '城乡居民基本医疗保险' } },
});

@Resource({
  code: '201002/000001',
  name: '基本医疗保险参保信息',
  provider: 'medical-security',
  library: 'SOCIAL_SECURITY',
  category: '主题类',
  updateCycle: 'DAILY',
})
@Share('UNCONDITIONAL', { basis: ['医疗保障基金使用监督管理条例 第三十二条'] })
@Key('cardNumber')
@Entity()
@ObjectType({ description: '医疗保险\nBasic medical insurance of a resident.' })
export class MedicalInsurance {
  @Share('CONDITIONAL', { condition: '办理医疗保障事项', basis: ['个人信息保护法 第十三条'] })
  @Mask('IDENTITY')
  @Field(() => String, { nullable: true, description: '医保卡号' })
  @PrimaryKey()
  cardNumber!: string;

  @SubjectColumn('PERSON')
  @Property()
  insuredIdNumber!: string;

  @Share('CONDITIONAL', { condition: '办理医疗保障事项', basis: ['社会保险法 第八十一条'] })
  @Reads('insuredIdNumber')
  @Field(() => Resident, { nullable: true, description: '参保人' })
  get insured(): Resident {
    return Resident.of(this.insuredIdNumber);
  }

  @Basic()
  @Dimension()
  @Field(() => MedicalScheme, { description: '险种' })
  @Enum(() => MedicalScheme)
  scheme!: MedicalScheme;

  @Basic()
  @Dimension({ values: ['ACTIVE', 'SUSPENDED'] })
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

  @Share('NOT_SHARED', { basis: ['社会保险法 第八十一条', '个人信息保护法 第二十八条'] })
  @Measure({ bound: 50_000 })
  @Field(() => Int, { nullable: true, description: '个人账户余额\nYuan.' })
  @Property({ nullable: true })
  accountBalance?: number;

  @Share('NOT_SHARED', { basis: ['基本医疗卫生与健康促进法 第九十二条', '个人信息保护法 第二十八条'] })
  @Verifiable()
  @Dimension()
  @Field(() => Boolean, { nullable: true, description: '是否门诊慢特病待遇人员' })
  @Property({ nullable: true })
  chronicDisease?: boolean;
}

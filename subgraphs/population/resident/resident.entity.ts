import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import {
  Basic,
  Derivable,
  Dimension,
  Mask,
  Measure,
  Resource,
  Scope,
  Share,
  Subject,
  Verifiable,
} from '../../../shared/share/decorators.js';
import { Reads } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { Party } from './party.js';

export enum Sex {
  MALE = 'MALE',
  FEMALE = 'FEMALE',
}
registerEnumType(Sex, {
  name: 'Sex',
  description: '性别\nGB/T 2261.1',
  valuesConfig: { MALE: { description: '男' }, FEMALE: { description: '女' } },
});

export enum HouseholdRole {
  HEAD = 'HEAD',
  SPOUSE = 'SPOUSE',
  CHILD = 'CHILD',
  PARENT = 'PARENT',
}
registerEnumType(HouseholdRole, {
  name: 'HouseholdRole',
  description: '与户主关系\nGB/T 4761',
  valuesConfig: {
    HEAD: { description: '户主' },
    SPOUSE: { description: '配偶' },
    CHILD: { description: '子女' },
    PARENT: { description: '父母' },
  },
});

@Resource({
  code: '101001/000001',
  name: '常住人口基础信息',
  provider: 'public-security',
  library: 'POPULATION',
  category: '基础类',
  updateCycle: 'DAILY',
})
@Share('UNCONDITIONAL', { basis: ['政务信息资源共享管理暂行办法 第十条'] })
@Key('idNumber')
@Entity()
@ObjectType({ implements: Party, description: '常住人口\nA resident, keyed by citizen identity number (GB 11643).' })
export class Resident implements Party {
  @Subject('PERSON')
  @Basic()
  @Field({ description: '公民身份号码' })
  @PrimaryKey()
  idNumber!: string;

  @Basic()
  @Verifiable({ as: 'NAME' })
  @Mask('NAME')
  @Field({ description: '姓名' })
  @Property()
  name!: string;

  @Basic()
  @Dimension()
  @Field(() => Sex, { description: '性别' })
  @Enum(() => Sex)
  sex!: Sex;

  @Basic()
  @Verifiable()
  @Dimension({
    bands: ['1950-01-01', '1960-01-01', '1970-01-01', '1980-01-01', '1990-01-01', '2000-01-01', '2010-01-01'],
  })
  @Field(() => GraphQLLocalDate, { description: '出生日期' })
  @Property({ type: 'date' })
  birthDate!: string;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Dimension()
  @Reads('divisionCode')
  @Field(() => Division, { description: '常住地区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['个人信息保护法 第十三条'] })
  @Verifiable()
  @Mask('PHONE')
  @Field(() => String, { nullable: true, description: '联系电话' })
  @Property({ nullable: true })
  phone?: string;

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['户口登记条例 第三条', '个人信息保护法 第十三条'] })
  @Mask('ADDRESS')
  @Field(() => String, { nullable: true, description: '户籍地址' })
  @Property({ nullable: true })
  registeredAddress?: string;

  @Share('CONDITIONAL', { condition: '办理与家庭成员有关的事项', basis: ['户口登记条例 第五条'] })
  @Field(() => HouseholdRole, { nullable: true, description: '与户主关系' })
  @Enum({ items: () => HouseholdRole, nullable: true })
  householdRole?: HouseholdRole;

  @Property()
  householdNumber!: string;

  @Share('NOT_SHARED', { basis: ['个人信息保护法 第二十八条', '税收征收管理法 第八条'] })
  @Verifiable({ bands: [30_000, 60_000] })
  @Dimension({ bands: ['30000', '60000', '100000', '150000'] })
  @Measure({ bound: 300_000 })
  @Derivable('Resident.livingAllowanceEligible')
  @Field(() => Int, { nullable: true, description: '年收入\nYuan a year, as declared for the household survey.' })
  @Property({ nullable: true })
  annualIncome?: number;

  @Share('NOT_SHARED', { basis: ['个人信息保护法 第二十八条', '刑事诉讼法 第二百八十六条'] })
  @Verifiable()
  @Field(() => Boolean, { nullable: true, description: '有无犯罪记录' })
  @Property({ nullable: true })
  criminalRecord?: boolean;
}

import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Resource, Share } from '../../../shared/share/decorators.js';

export enum DivisionLevel {
  PROVINCE = 'PROVINCE',
  CITY = 'CITY',
  COUNTY = 'COUNTY',
  TOWNSHIP = 'TOWNSHIP',
}
registerEnumType(DivisionLevel, {
  name: 'DivisionLevel',
  description: '区划级别',
  valuesConfig: {
    PROVINCE: { description: '省级' },
    CITY: { description: '地级' },
    COUNTY: { description: '县级' },
    TOWNSHIP: { description: '乡级' },
  },
});

@Resource({
  code: '103001/000001',
  name: '行政区划信息',
  provider: 'civil-affairs',
  library: 'GEOGRAPHY',
  category: '基础类',
  updateCycle: 'YEARLY',
})
@Share('UNCONDITIONAL', { basis: ['行政区划管理条例 第十七条'] })
@Key('code')
@Entity()
@ObjectType({
  description: '行政区划\nAn administrative division of China, from province to township (GB/T 2260, GB/T 10114).',
})
export class Division {
  @Basic()
  @Field({ description: '区划代码\n2, 4, 6 or 9 digits; starts with the code of the division above.' })
  @PrimaryKey()
  code!: string;

  @Basic()
  @Field({ description: '名称' })
  @Property()
  name!: string;

  @Basic()
  @Field(() => DivisionLevel, { description: '级别' })
  @Enum(() => DivisionLevel)
  level!: DivisionLevel;

  @Basic()
  @Field({ description: '全称\nNames from the province down.' })
  @Property()
  fullName!: string;

  @Property({ nullable: true })
  parentCode?: string;
}

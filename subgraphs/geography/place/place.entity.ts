import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Resource, Share } from '../../../shared/share/decorators.js';

export enum PlaceKind {
  SCHOOL = 'SCHOOL',
  HOSPITAL = 'HOSPITAL',
  PARK = 'PARK',
  ROAD = 'ROAD',
  SHELTER = 'SHELTER',
}
registerEnumType(PlaceKind, {
  name: 'PlaceKind',
  description: '地名类别\nGB/T 18521',
  valuesConfig: {
    SCHOOL: { description: '学校' },
    HOSPITAL: { description: '医院' },
    PARK: { description: '公园' },
    ROAD: { description: '道路' },
    SHELTER: { description: '应急避难场所' },
  },
});

@Resource({
  code: '103003/000001',
  name: '地名信息',
  provider: 'civil-affairs',
  library: 'GEOGRAPHY',
  category: '基础类',
  updateCycle: 'MONTHLY',
})
@Share('UNCONDITIONAL', { basis: ['地名管理条例 第二十二条'] })
@Key('placeCode')
@Entity()
@ObjectType({ description: '地名\nA named place.' })
export class Place {
  @Basic()
  @Field({ description: '地名代码' })
  @PrimaryKey()
  placeCode!: string;

  @Basic()
  @Field({ description: '标准名称' })
  @Property()
  name!: string;

  @Basic()
  @Dimension()
  @Field(() => PlaceKind, { description: '类别' })
  @Enum(() => PlaceKind)
  kind!: PlaceKind;

  @Property()
  divisionCode!: string;

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['测绘法 第三十四条'] })
  @Field(() => Float, { nullable: true, description: '经度\nDegrees, CGCS2000.' })
  @Property({ type: 'double', nullable: true })
  longitude?: number;

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['测绘法 第三十四条'] })
  @Field(() => Float, { nullable: true, description: '纬度\nDegrees, CGCS2000.' })
  @Property({ type: 'double', nullable: true })
  latitude?: number;
}

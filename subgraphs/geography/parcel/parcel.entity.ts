import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Measure, Resource, Share, Verifiable } from '../../../shared/share/decorators.js';

export enum LandUse {
  CULTIVATED = 'CULTIVATED',
  RESIDENTIAL = 'RESIDENTIAL',
  COMMERCIAL = 'COMMERCIAL',
  INDUSTRIAL = 'INDUSTRIAL',
  PUBLIC = 'PUBLIC',
}
registerEnumType(LandUse, {
  name: 'LandUse',
  description: '土地用途\nGB/T 21010',
  valuesConfig: {
    CULTIVATED: { description: '耕地' },
    RESIDENTIAL: { description: '住宅用地' },
    COMMERCIAL: { description: '商服用地' },
    INDUSTRIAL: { description: '工矿仓储用地' },
    PUBLIC: { description: '公共管理与公共服务用地' },
  },
});

@Resource({
  code: '103002/000001',
  name: '宗地基本信息',
  provider: 'natural-resources',
  library: 'GEOGRAPHY',
  category: '基础类',
  updateCycle: 'DAILY',
})
@Share('UNCONDITIONAL', { basis: ['不动产登记暂行条例 第二十五条'] })
@Key('parcelNumber')
@Entity()
@ObjectType({ description: '宗地\nA parcel of land (GB/T 37346).' })
export class Parcel {
  @Basic()
  @Field({ description: '宗地代码' })
  @PrimaryKey()
  parcelNumber!: string;

  @Property()
  divisionCode!: string;

  @Basic()
  @Dimension()
  @Field(() => LandUse, { description: '土地用途' })
  @Enum(() => LandUse)
  landUse!: LandUse;

  @Basic()
  @Measure({ bound: 100_000 })
  @Field(() => Int, { description: '面积\nSquare metres.' })
  @Property()
  area!: number;

  @Basic()
  @Field({ description: '坐落' })
  @Property()
  location!: string;

  @Share('CONDITIONAL', { condition: '办理不动产相关事项', basis: ['不动产登记暂行条例 第二十七条'] })
  @Field(() => String, { nullable: true, description: '界址点坐标\nWKT, CGCS2000.' })
  @Property({ nullable: true })
  boundary?: string;

  @Share('CONDITIONAL', { condition: '办理不动产相关事项', basis: ['不动产登记暂行条例 第二十七条'] })
  @Verifiable()
  @Field(() => String, { nullable: true, description: '权利人统一社会信用代码' })
  @Property({ nullable: true })
  holderCode?: string;

  @Share('NOT_SHARED', { basis: ['不动产登记暂行条例 第二十八条', '税收征收管理法 第八条'] })
  @Measure({ bound: 3_000_000_000 })
  @Field(() => Float, { nullable: true, description: '评估价值\nYuan.' })
  @Property({ type: 'double', nullable: true })
  assessedValue?: number;
}

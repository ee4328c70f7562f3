import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Mask, Measure, Resource, Scope, Share } from '../../../shared/share/decorators.js';
import { Reads } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';

@Resource({
  code: '101001/000002',
  name: '家庭户信息',
  provider: 'public-security',
  library: 'POPULATION',
  category: '基础类',
  updateCycle: 'DAILY',
})
@Share('UNCONDITIONAL', { basis: ['政务信息资源共享管理暂行办法 第十条'] })
@Key('householdNumber')
@Entity()
@ObjectType({ description: '家庭户\nPersons registered together.' })
export class Household {
  @Basic()
  @Field({ description: '户号' })
  @PrimaryKey()
  householdNumber!: string;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Dimension()
  @Reads('divisionCode')
  @Field(() => Division, { description: '户籍地区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Basic()
  @Measure({ bound: 10 })
  @Field(() => Int, { description: '户人数' })
  @Property()
  size!: number;

  @Property()
  headIdNumber!: string;

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['户口登记条例 第三条'] })
  @Mask('ADDRESS')
  @Field(() => String, { nullable: true, description: '户籍地址' })
  @Property({ nullable: true })
  address?: string;
}

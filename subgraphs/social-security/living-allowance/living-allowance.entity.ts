import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Measure, Resource, Scope, Share } from '../../../shared/share/decorators.js';
import { Reads, SubjectColumn } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { InsuranceStatus } from '../insurance-status.js';
import { Resident } from '../resident/resident.js';

@Resource({
  code: '201003/000001',
  name: '最低生活保障对象信息',
  provider: 'civil-affairs',
  library: 'SOCIAL_SECURITY',
  category: '主题类',
  updateCycle: 'MONTHLY',
})
@Share('UNCONDITIONAL', { basis: ['社会救助暂行办法 第六十一条'] })
@Key('caseNumber')
@Entity()
@ObjectType({ description: '最低生活保障\nA living allowance that a resident receives.' })
export class LivingAllowance {
  @Basic()
  @Field({ description: '救助编号' })
  @PrimaryKey()
  caseNumber!: string;

  @SubjectColumn('PERSON')
  @Property()
  recipientIdNumber!: string;

  @Share('CONDITIONAL', { condition: '办理社会救助或资格审核事项', basis: ['社会救助暂行办法 第六十一条'] })
  @Reads('recipientIdNumber')
  @Field(() => Resident, { nullable: true, description: '救助对象' })
  get recipient(): Resident {
    return Resident.of(this.recipientIdNumber);
  }

  @Basic()
  @Dimension()
  @Field(() => InsuranceStatus, { description: '待遇状态' })
  @Enum(() => InsuranceStatus)
  status!: InsuranceStatus;

  @Property()
  divisionCode!: string;

  @Basic()
  @Scope('division')
  @Dimension()
  @Reads('divisionCode')
  @Field(() => Division, { description: '受理地区划' })
  get division(): Division {
    return Division.of(this.divisionCode);
  }

  @Basic()
  @Field(() => GraphQLLocalDate, { description: '起始日期' })
  @Property({ type: 'date' })
  since!: string;

  @Share('CONDITIONAL', { condition: '办理社会救助或资格审核事项', basis: ['社会救助暂行办法 第六十一条'] })
  @Measure({ bound: 3_000 })
  @Field(() => Int, { nullable: true, description: '月保障金额\nYuan.' })
  @Property({ nullable: true })
  monthlyAmount?: number;

  @Share('NOT_SHARED', { basis: ['社会救助暂行办法 第六十一条', '个人信息保护法 第二十八条'] })
  @Field(() => String, { nullable: true, description: '致困原因' })
  @Property({ nullable: true })
  hardship?: string;
}

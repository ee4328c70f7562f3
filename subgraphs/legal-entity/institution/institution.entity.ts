import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Basic, Dimension, Mask, Measure, Resource, Scope, Share, Subject } from '../../../shared/share/decorators.js';
import { Reads } from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.js';
import { Organisation, Party } from '../organisation/organisation.js';
import { Resident } from '../resident/resident.js';

@Resource({
  code: '102002/000001',
  name: '事业单位登记基本信息',
  provider: 'staffing-office',
  library: 'LEGAL_ENTITY',
  category: '基础类',
  updateCycle: 'MONTHLY',
})
@Share('UNCONDITIONAL', { basis: ['事业单位登记管理暂行条例 第十七条'] })
@Key('creditCode')
@Entity()
@ObjectType({ implements: [Organisation, Party], description: '事业单位\nA public institution.' })
export class Institution implements Organisation, Party {
  @Subject('ORGANISATION')
  @Basic()
  @Field({ description: '统一社会信用代码' })
  @PrimaryKey()
  creditCode!: string;

  @Basic()
  @Field({ description: '单位名称' })
  @Property()
  name!: string;

  @Basic()
  @Field({ description: '宗旨和业务范围' })
  @Property()
  purpose!: string;

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

  @Property()
  representativeIdNumber!: string;

  @Basic()
  @Reads('representativeIdNumber')
  @Field(() => Resident, { nullable: true, description: '法定代表人' })
  get legalRepresentative(): Resident {
    return Resident.of(this.representativeIdNumber);
  }

  @Share('CONDITIONAL', { condition: '履行职责需要', basis: ['事业单位登记管理暂行条例 第十七条'] })
  @Mask('PHONE')
  @Field(() => String, { nullable: true, description: '联系电话' })
  @Property({ nullable: true })
  phone?: string;

  @Share('NOT_SHARED', { basis: ['保守国家秘密法 第十三条', '机构编制工作条例 第二十六条'] })
  @Measure({ bound: 500 })
  @Field(() => Int, { nullable: true, description: '编制数' })
  @Property({ nullable: true })
  staffing?: number;
}

import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
import { Enterprise, EnterpriseStatus } from './enterprise.entity.js';

@ArgsType()
export class EnterprisesArguments extends PageArguments {
  @Filters('Enterprise.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('Enterprise.name')
  @Field(() => String, { nullable: true })
  namePrefix?: string;

  @Filters('Enterprise.status')
  @Field(() => EnterpriseStatus, { nullable: true })
  status?: EnterpriseStatus;

  @Filters('Enterprise.legalRepresentative')
  @Field(() => String, { nullable: true, description: 'Identity number of the legal representative.' })
  legalRepresentative?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '企业分页' })
export class EnterprisePage {
  @Field(() => [Enterprise], { description: '本页记录' })
  items!: Enterprise[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

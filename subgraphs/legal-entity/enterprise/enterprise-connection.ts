import { ArgsType, Field } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
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

export const EnterpriseConnection = defineConnection(Enterprise, { title: '企业', counted: true });

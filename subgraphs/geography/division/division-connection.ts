import { ArgsType, Field } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
import { Division, DivisionLevel } from './division.entity.js';

@ArgsType()
export class DivisionsArguments extends PageArguments {
  @Filters('Division.level')
  @Field(() => DivisionLevel, { nullable: true })
  level?: DivisionLevel;

  @Filters('Division.parent')
  @Field(() => String, { nullable: true, description: 'Code of the division above.' })
  parent?: string;

  @Filters('Division.name')
  @Field(() => String, { nullable: true })
  namePrefix?: string;
}

export const DivisionConnection = defineConnection(Division, { title: '行政区划', counted: true });

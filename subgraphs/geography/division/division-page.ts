import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
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

@Share('UNCONDITIONAL')
@ObjectType({ description: '行政区划分页' })
export class DivisionPage {
  @Field(() => [Division], { description: '本页记录' })
  items!: Division[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

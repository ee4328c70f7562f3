import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
import { Resident } from './resident.entity.js';

export enum SortDirection {
  ASC = 'asc',
  DESC = 'desc',
}
registerEnumType(SortDirection, { name: 'SortDirection', description: '排序方向' });

@InputType({ description: '常住人口排序\nOne item to sort by; records without a value are left out.' })
export class ResidentOrder {
  @Filters('Resident.name')
  @Field(() => SortDirection, { nullable: true })
  name?: SortDirection;

  @Filters('Resident.birthDate')
  @Field(() => SortDirection, { nullable: true })
  birthDate?: SortDirection;

  @Filters('Resident.phone')
  @Field(() => SortDirection, { nullable: true })
  phone?: SortDirection;
}

@ArgsType()
export class ResidentsArguments extends PageArguments {
  @Filters('Resident.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('Resident.name')
  @Field(() => String, { nullable: true })
  namePrefix?: string;

  @Filters('Resident.phone')
  @Field(() => String, { nullable: true })
  phone?: string;

  @Field(() => ResidentOrder, { nullable: true })
  order?: ResidentOrder;
}

export const ResidentConnection = defineConnection(Resident, { title: '常住人口', counted: true });

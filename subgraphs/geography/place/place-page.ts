import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
import { Place, PlaceKind } from './place.entity.js';

@ArgsType()
export class PlacesArguments extends PageArguments {
  @Filters('Place.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('Place.kind')
  @Field(() => PlaceKind, { nullable: true })
  kind?: PlaceKind;

  @Filters('Place.name')
  @Field(() => String, { nullable: true })
  namePrefix?: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '地名分页' })
export class PlacePage {
  @Field(() => [Place], { description: '本页记录' })
  items!: Place[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

import { ArgsType, Field } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
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

export const PlaceConnection = defineConnection(Place, { title: '地名', counted: true });

import { ArgsType, Field } from 'type-graphql';
import { Filters } from '../../../shared/share/decorators.js';
import { defineConnection, PageArguments } from '../../../shared/subgraph/index.js';
import { LandUse, Parcel } from './parcel.entity.js';

@ArgsType()
export class ParcelsArguments extends PageArguments {
  @Filters('Parcel.division')
  @Field(() => String, { nullable: true, description: 'Division code, of any level.' })
  division?: string;

  @Filters('Parcel.landUse')
  @Field(() => LandUse, { nullable: true })
  landUse?: LandUse;

  @Filters('Parcel.holderCode')
  @Field(() => String, { nullable: true, description: 'Unified social credit code of the holder.' })
  holderCode?: string;
}

export const ParcelConnection = defineConnection(Parcel, { title: '宗地', counted: true });

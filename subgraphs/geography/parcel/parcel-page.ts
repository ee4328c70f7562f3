import { ArgsType, Field, ObjectType } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { PageArguments } from '../../../shared/subgraph/index.js';
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

@Share('UNCONDITIONAL')
@ObjectType({ description: '宗地分页' })
export class ParcelPage {
  @Field(() => [Parcel], { description: '本页记录' })
  items!: Parcel[];

  @Field(() => String, { nullable: true, description: '下一页游标' })
  next?: string;
}

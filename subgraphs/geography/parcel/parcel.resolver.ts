import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Basic, Dimension, Filters, Scope, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderByDivision,
  ReadsOf,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.entity.js';
import { ParcelConnection, ParcelsArguments } from './parcel-connection.js';
import { Parcel } from './parcel.entity.js';

@Resolver(() => Parcel)
export class ParcelResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Parcel, { nullable: true, description: '按代码查询宗地' })
  parcel(
    @Filters('Parcel.parcelNumber') @Arg('parcelNumber', () => String) parcelNumber: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Parcel | null> {
    return rows.one(Parcel, 'parcelNumber', parcelNumber, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ParcelConnection, {
    nullable: true,
    description: '查询宗地\nSorted by parcel number, within `division` by division first.',
  })
  parcels(
    @Args(() => ParcelsArguments) { division, landUse, holderCode, first, after }: ParcelsArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Parcel>> {
    const where: RowCondition<Parcel>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (landUse != null) where.push({ landUse });
    if (holderCode != null) where.push({ holderCode });
    return rows.connection(Parcel, { $and: where }, info, { first, after, order: orderByDivision(division) });
  }

  @Basic()
  @Scope('division')
  @Dimension()
  @FieldResolver(() => Division, { nullable: true, description: '所在区划' })
  @ReadsOf(Parcel, 'divisionCode')
  division(
    @Root() { divisionCode }: Parcel,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Division | null> {
    return rows.one(Division, 'code', divisionCode, info);
  }
}

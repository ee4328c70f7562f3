import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Basic, Scope, Share } from '../../../shared/share/decorators.js';
import {
  inDivision,
  orderByDivision,
  ReadsOf,
  startsWith,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { Division } from '../division/division.entity.js';
import { PlaceConnection, PlacesArguments } from './place-connection.js';
import { Place } from './place.entity.js';

@Resolver(() => Place)
export class PlaceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => PlaceConnection, {
    nullable: true,
    description: '查询地名\nSorted by place code, within `division` by division first.',
  })
  places(
    @Args(() => PlacesArguments) { division, kind, namePrefix, first, after }: PlacesArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Place>> {
    const where: RowCondition<Place>[] = [];
    if (division != null) where.push({ divisionCode: inDivision(division) });
    if (kind != null) where.push({ kind });
    if (namePrefix != null) where.push({ name: startsWith(namePrefix) });
    return rows.connection(Place, { $and: where }, info, { first, after, order: orderByDivision(division) });
  }

  @Basic()
  @Scope('division')
  @FieldResolver(() => Division, { nullable: true, description: '所在区划' })
  @ReadsOf(Place, 'divisionCode')
  division(
    @Root() { divisionCode }: Place,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Division | null> {
    return rows.one(Division, 'code', divisionCode, info);
  }
}

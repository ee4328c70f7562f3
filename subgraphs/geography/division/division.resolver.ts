import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { Basic, Filters, Share } from '../../../shared/share/decorators.js';
import {
  ReadsOf,
  startsWith,
  type Connection,
  type SubgraphContext,
  type RowCondition,
} from '../../../shared/subgraph/index.js';
import { DivisionConnection, DivisionsArguments } from './division-connection.js';
import { Division } from './division.entity.js';

/** More than any division has below it. */
const MOST_CHILDREN = 200;

@Resolver(() => Division)
export class DivisionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Division, { nullable: true, description: '按代码查询行政区划' })
  division(
    @Filters('Division.code') @Arg('code', () => String) code: string,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Division | null> {
    return rows.one(Division, 'code', code, info);
  }

  @Share('UNCONDITIONAL')
  @Query(() => DivisionConnection, { nullable: true, description: '查询行政区划\nSorted by code.' })
  divisions(
    @Args(() => DivisionsArguments) { level, parent, namePrefix, first, after }: DivisionsArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Division>> {
    const where: RowCondition<Division>[] = [];
    if (level != null) where.push({ level });
    if (parent != null) where.push({ parentCode: parent });
    if (namePrefix != null) where.push({ name: startsWith(namePrefix) });
    return rows.connection(Division, { $and: where }, info, { first, after });
  }

  @Basic()
  @FieldResolver(() => Division, { nullable: true, description: '上级区划' })
  @ReadsOf(Division, 'parentCode')
  parent(
    @Root() { parentCode }: Division,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Division | null> | null {
    return parentCode ? rows.one(Division, 'code', parentCode, info) : null;
  }

  @FieldResolver(() => [Division], { description: '下级区划' })
  children(
    @Root() { code }: Division,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Division[]> {
    return rows.many(Division, 'parentCode', code, info, MOST_CHILDREN);
  }
}

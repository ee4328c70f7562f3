import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { readPublishers } from '../register/index.js';
import { KeyResult } from './key-result.type.js';
import { rotateSubgraphKey } from './rotate-key.command.js';
import { OVERLAP_HOURS } from './rotation.rule.js';
import { SubgraphKey, SubgraphKeyConnection } from './subgraph-key.entity.js';

/** Rotations of the keys that the hub shares with subgraphs. The keys themselves are nowhere in governance. */
@Resolver(() => SubgraphKey)
export class KeyResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SubgraphKeyConnection, {
    nullable: true,
    description: '查询子图密钥更换记录\nThose of the own department; all for authority, auditor and operator.',
  })
  async subgraphKeys(
    @Filters('SubgraphKey.subgraph')
    @Arg('subgraph', () => String, { nullable: true })
    subgraph: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, em, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SubgraphKey>> {
    const own = [...(seesAll(fetch) ? [] : await readPublishers(em))].flatMap(([name, departments]) =>
      departments.includes(fetch.department) ? [name] : [],
    );
    const where: RowCondition<SubgraphKey>[] = [
      ...(seesAll(fetch) ? [] : [{ subgraph: { $in: own } }]),
      ...(subgraph == null ? [] : [{ subgraph }]),
    ];
    return rows.connection(SubgraphKey, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => KeyResult, {
    description:
      '更换子图密钥\nBy the department that publishes the subgraph, the authority or the operator. The operator prints the key.',
  })
  rotateSubgraphKey(
    @Arg('subgraph', () => String) subgraph: string,
    @Arg('reason', () => String) reason: string,
    @Arg('overlapHours', () => Int, {
      defaultValue: OVERLAP_HOURS.usual,
      description: '新旧密钥并用时间\nHours, 1 to 2160. Then the key before ends by itself.',
    })
    overlapHours: number,
    @Ctx() context: GovernanceContext,
  ): Promise<KeyResult> {
    return rotateSubgraphKey(context, { subgraph, reason, overlapHours });
  }
}

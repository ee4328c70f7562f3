import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { type Connection, PageArguments, type RowCondition } from '../../../shared/subgraph/index.js';
import { UpdateCycle } from '../catalogue/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { UpdateExceptionKind, UpdateExceptionState } from './freshness-enums.js';
import { decideException, endException, proposeException } from './update-exception.commands.js';
import { FreshnessResult, UpdateException, UpdateExceptionConnection } from './update-exception.entity.js';

/** Resources that may be less fresh than the law asks of others. @source HZ-7.4d, QZ-4.3e, QZ-4.3f */
@Resolver()
export class UpdateExceptionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => UpdateExceptionConnection, {
    nullable: true,
    description: '查询数据更新例外\nThose in force; of the own department, and for the authority of all, others too.',
  })
  updateExceptions(
    @Filters('UpdateException.state')
    @Arg('state', () => UpdateExceptionState, { nullable: true })
    state: UpdateExceptionState | null | undefined,
    @Filters('UpdateException.code')
    @Arg('code', () => String, { nullable: true })
    code: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<UpdateException>> {
    const where: RowCondition<UpdateException>[] = [
      ...(seesAll(fetch) ? [] : [{ $or: [{ state: 'IN_FORCE' as const }, { provider: fetch.department }] }]),
      ...(state == null ? [] : [{ state }]),
      ...(code == null ? [] : [{ code }]),
    ];
    return rows.connection(UpdateException, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => FreshnessResult, {
    description:
      '提出数据更新例外\nIn force at once where the law only wants it filed (QZ-4.3f), after approval where it wants that (HZ-7.4d).',
  })
  proposeUpdateException(
    @Arg('code', () => String, { description: '资源代码' }) code: string,
    @Arg('kind', () => UpdateExceptionKind, { description: '种类' }) kind: UpdateExceptionKind,
    @Arg('cycle', () => UpdateCycle, { nullable: true, description: '更新周期\nOf an interval, and of nothing else.' })
    cycle: UpdateCycle | null | undefined,
    @Arg('reason', () => String, { description: '事由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<FreshnessResult> {
    return proposeException(context, { code, kind, cycle, reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => FreshnessResult, { description: '审批数据更新例外\nBy the authority.' })
  decideUpdateException(
    @Arg('id', () => String) id: string,
    @Arg('approve', () => Boolean) approve: boolean,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<FreshnessResult> {
    return decideException(context, { id, approve, reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => FreshnessResult, { description: '终止数据更新例外\nBy its provider or the authority.' })
  endUpdateException(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<FreshnessResult> {
    return endException(context, { id, reason });
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  ReadsOf,
  type RowCondition,
  type SubgraphContext,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, readsEverything } from '../../core/index.js';
import { findReceivedAnswers } from '../../evidence/index.js';
import { correctionTables } from '../tables.js';
import { confirmReceipt } from './confirm-receipt.command.js';
import { CorrectionReceiptResult } from './correction-receipt-result.type.js';
import { CorrectionReceipt, CorrectionReceiptConnection } from './correction-receipt.entity.js';
import { ReceivedAnswer } from './received-answer.type.js';

/** Results of corrections, as the departments that use the items are told of them. No department sees who else was. */
@Resolver(() => CorrectionReceipt)
export class CorrectionReceiptResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CorrectionReceiptConnection, {
    nullable: true,
    description: '查询校核结果告知\nThose of the own department; all for the authority and the auditor.',
  })
  correctionReceipts(
    @Filters('CorrectionReceipt.correction')
    @Arg('correction', () => String, { nullable: true })
    correction: string | null | undefined,
    @Filters('CorrectionReceipt.confirmedAt')
    @Arg('unconfirmed', () => Boolean, { defaultValue: false, description: '仅未确认' })
    unconfirmed: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<CorrectionReceipt>> {
    const where: RowCondition<CorrectionReceipt>[] = [
      readsEverything(fetch) ? {} : { department: fetch.department },
      ...(correction == null ? [] : [{ correction }]),
      ...(unconfirmed ? [{ confirmedAt: null }] : []),
    ];
    return rows.connection(CorrectionReceipt, { $and: where }, info, page);
  }

  @FieldResolver(() => [ReceivedAnswer], {
    description: '本部门获取该信息的请求\nThe newest 100, by which its own systems find the record.',
  })
  @ReadsOf(CorrectionReceipt, 'correction', 'department', 'items', 'uses')
  async answers(
    @Root() { correction, department, items, uses }: CorrectionReceipt,
    @Ctx() { em }: GovernanceContext,
  ): Promise<ReceivedAnswer[]> {
    if (uses === 0) return [];
    const row = await correctionTables(em)
      .selectFrom('correction')
      .select(['hashes', 'error_since as since'])
      .where('id', '=', correction)
      .executeTakeFirstOrThrow();
    const { hashes, since } = row;
    const found = await findReceivedAnswers(em, { hashes, items, department, ...(since && { since }) });
    return found.map(({ requestId, at }) => Object.assign(new ReceivedAnswer(), { requestId, time: new Date(at) }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionReceiptResult, { description: '确认收到校核结果' })
  confirmCorrectionReceipt(
    @Arg('correction', () => String, { description: '数据纠错编号' }) correction: string,
    @Arg('note', () => String, { description: '处理情况' }) note: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionReceiptResult> {
    return confirmReceipt(context, correction, note);
  }
}

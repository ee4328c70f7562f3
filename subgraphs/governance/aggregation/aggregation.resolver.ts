import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { workingDaysLeft } from '../../../shared/law/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  ReadsOf,
  requirePageSize,
  type RowCondition,
  sealList,
  toConnection,
} from '../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { AggregationResult, ResourceAggregation } from './aggregation.types.js';
import { AggregationMode, InterfaceRequestState } from './aggregation-enums.js';
import { decideExemption, stateExemption } from './exemption.commands.js';
import {
  askExtension,
  decideExtension,
  endRequest,
  requestInterface,
  supplyInterface,
} from './interface-request.commands.js';
import { InterfaceRequest, InterfaceRequestConnection } from './interface-request.entity.js';
import { listAggregation } from './list-aggregation.js';

const ResourceAggregationConnection = defineConnection(ResourceAggregation, { title: '汇聚情况' });

/** How resources are on the platform, why some are not, and interfaces that providers owe.
 *  @source QZ-2.3a to QZ-2.3h, JL-19a, JL-19b */
@Resolver(() => InterfaceRequest)
export class AggregationResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ResourceAggregationConnection, {
    nullable: true,
    description: '查询汇聚情况\nOf published resources; gaps alone, where asked.',
  })
  async resourceAggregation(
    @Filters('ResourceAggregation.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Filters('ResourceAggregation.mode')
    @Arg('mode', () => AggregationMode, { nullable: true })
    mode: AggregationMode | null | undefined,
    @Filters('ResourceAggregation.gap') @Arg('gap', () => Boolean, { nullable: true }) gap: boolean | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<ResourceAggregation>> {
    const { em, own } = context;
    const list = sealList(context, 'resourceAggregation');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const found = (await listAggregation(em, own.profile, provider ?? undefined))
      .filter((each) => (mode == null || each.mode === mode) && (gap == null || each.gap === gap))
      .filter(({ code }) => code > (after ?? ''))
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .slice(0, first + 1);
    return list.seal(toConnection(found, { first, after, cursorOf: ({ code }) => code }));
  }

  @Share('UNCONDITIONAL')
  @Query(() => InterfaceRequestConnection, {
    nullable: true,
    description: '查询接口需求\nThose asked of the own department; every department’s for the authority.',
  })
  interfaceRequests(
    @Filters('InterfaceRequest.state')
    @Arg('state', () => InterfaceRequestState, { nullable: true })
    state: InterfaceRequestState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<InterfaceRequest>> {
    const where: RowCondition<InterfaceRequest>[] = [
      ...(seesAll(fetch) ? [] : [{ provider: fetch.department }]),
      ...(state == null ? [] : [{ state }]),
    ];
    return rows.connection(InterfaceRequest, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Int, {
    nullable: true,
    description: '剩余工作日\nBelow zero when late; null when it is closed.',
  })
  @ReadsOf(InterfaceRequest, 'due', 'dueAt', 'provisional', 'state')
  left(@Root() { due, dueAt, provisional, state }: InterfaceRequest, @Ctx() { own }: GovernanceContext): number | null {
    if (state !== 'OPEN') return null;
    const { calendar, profile, now } = own;
    const given = { due: { date: due, instant: dueAt.getTime(), provisional }, now: now(), timeZone: profile.timeZone };
    return workingDaysLeft(calendar, given).days;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Boolean, { description: '是否逾期' })
  @ReadsOf(InterfaceRequest, 'dueAt', 'provisional', 'state')
  overdue(@Root() { dueAt, provisional, state }: InterfaceRequest, @Ctx() { own }: GovernanceContext): boolean {
    return state === 'OPEN' && !provisional && dueAt.getTime() <= own.now();
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, {
    description: '说明不汇聚\nOf a resource of the own department, with evidence (QZ-2.3b).',
  })
  stateExemption(
    @Arg('code', () => String, { description: '资源代码' }) code: string,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Arg('basis', () => [String], { description: '依据' }) basis: string[],
    @Arg('evidenceTitle', () => String, { description: '证据材料名称' }) evidence: string,
    @Arg('evidenceHash', () => String, { description: '证据材料校验值\nSHA-256, 64 hexadecimal digits.' })
    evidenceHash: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return stateExemption(context, { code, reason, basis, evidence, evidenceHash });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '确认不汇聚说明\nBy the authority.' })
  decideExemption(
    @Arg('id', () => String) id: string,
    @Arg('acknowledge', () => Boolean) acknowledge: boolean,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return decideExemption(context, { id, reason, act: acknowledge ? 'ACKNOWLEDGE_EXEMPTION' : 'REFUSE_EXEMPTION' });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '终止不汇聚说明\nBy its provider or the authority.' })
  endExemption(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return decideExemption(context, { id, reason, act: 'END_EXEMPTION' });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '提出接口需求\nBy the authority (QZ-2.3f).' })
  requestInterface(
    @Arg('provider', () => String, { description: '提供部门代码' }) provider: string,
    @Arg('need', () => String, { description: '需求' }) need: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return requestInterface(context, { provider, need });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, {
    description: '申请延期提供接口\nIn writing, once, and before the day is over (QZ-2.3g, QZ-2.3h).',
  })
  askInterfaceExtension(
    @Arg('id', () => String) id: string,
    @Arg('days', () => Int, { description: '延期（工作日）' }) days: number,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return askExtension(context, { id, days, reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '审批延期提供接口\nBy the authority (QZ-2.3h).' })
  decideInterfaceExtension(
    @Arg('id', () => String) id: string,
    @Arg('approve', () => Boolean) approve: boolean,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return decideExtension(context, { id, approve, reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '提供接口\nAs a published resource of the own department.' })
  supplyInterface(
    @Arg('id', () => String) id: string,
    @Arg('code', () => String, { description: '资源代码' }) code: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return supplyInterface(context, { id, code });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => AggregationResult, { description: '撤回接口需求\nBy the authority.' })
  endInterfaceRequest(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<AggregationResult> {
    return endRequest(context, { id, reason });
  }
}

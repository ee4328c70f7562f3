import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Float, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Frequency } from '../../../../shared/law/calendar/frequency.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { QualityTicket } from '../ticket/quality-ticket.entity.js';
import { isOwner } from '../visible-quality.js';
import { visibleRate, visibleRates, visibleRows } from './rate-fields.js';
import { requestRun, scheduleQuality } from './request-run.command.js';
import {
  QualityFrequencies,
  type QualityMode,
  QualityModes,
  QualityRate,
  ResourceQuality,
  ResourceQualityConnection,
  ResourceQualityResult,
} from './resource-quality.entity.js';

/** Scores of resources, for everybody; and when they are judged.
 *  @source CZ-12b, QZ-3.6c, HZ-6.1d, YN-11b, JL-16c, JL-22b, JL-22d */
@Resolver(() => ResourceQuality)
export class ResourceQualityResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ResourceQualityConnection, {
    nullable: true,
    description:
      '查询资源质量\nEvery resource with rules, for every department. Rates are exact for the owner, and whole percent, rounded down, for others.',
  })
  resourceQualities(
    @Filters('ResourceQuality.id')
    @Arg('id', () => String, { nullable: true, description: '编号' })
    id: string | null | undefined,
    @Filters('ResourceQuality.provider')
    @Arg('provider', () => String, { nullable: true, description: '提供部门代码' })
    provider: string | null | undefined,
    @Filters('ResourceQuality.resource')
    @Arg('resource', () => String, { nullable: true, description: '资源代码' })
    resource: string | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ResourceQuality>> {
    const where: RowCondition<ResourceQuality>[] = [
      ...(id == null ? [] : [{ id }]),
      ...(provider == null ? [] : [{ provider }]),
      ...(resource == null ? [] : [{ resource }]),
    ];
    return rows.connection(ResourceQuality, where.length === 0 ? {} : { $and: where }, info, page);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: '得分\nMean of the dimensions, 0 to 1; null where nothing was judged.',
  })
  @ReadsOf(ResourceQuality, 'rate', 'rates', 'provider', 'rowCount')
  score(@Root() resource: ResourceQuality, @Ctx() { fetch }: GovernanceContext): number | null {
    return visibleRate(resource, fetch);
  }

  @FieldResolver(() => [QualityRate], { description: '各维度合格率\nOf each dimension in which something was judged.' })
  @ReadsOf(ResourceQuality, 'rate', 'rates', 'provider', 'rowCount')
  dimensions(@Root() resource: ResourceQuality, @Ctx() { fetch }: GovernanceContext): QualityRate[] {
    return visibleRates(resource, fetch);
  }

  @FieldResolver(() => Int, { nullable: true, description: '检查记录数' })
  @ReadsOf(ResourceQuality, 'rate', 'rates', 'provider', 'rowCount')
  rows(@Root() resource: ResourceQuality, @Ctx() { fetch }: GovernanceContext): number | null {
    return visibleRows(resource, fetch, seesAll(fetch));
  }

  @FieldResolver(() => Boolean, { description: '有检查在等待' })
  @ReadsOf(ResourceQuality, 'askedMode')
  waits(@Root() { askedMode }: ResourceQuality): boolean {
    return askedMode != null;
  }

  @FieldResolver(() => Int, { nullable: true, description: '待整改工单数\nFor the owner and those who oversee.' })
  @ReadsOf(ResourceQuality, 'id', 'provider')
  async openTickets(
    @Root() resource: ResourceQuality,
    @Ctx() { em, fetch }: GovernanceContext,
  ): Promise<number | null> {
    if (!isOwner(resource, fetch) && !seesAll(fetch)) return null;
    return em.count(QualityTicket, { place: resource.id, state: 'OPEN' });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ResourceQualityResult, {
    description:
      '设定质量检查周期\nBy the provider, or the authority. A new rule’s resource is judged every night at three.',
  })
  scheduleQuality(
    @Arg('place', () => String, { description: '资源\nSubgraph and type.' }) place: string,
    @Arg('frequency', () => QualityFrequencies, { description: '周期' }) frequency: Frequency,
    @Arg('hour', () => Int, { description: '开始时刻\nHour of the local day, 0 to 23.' }) hour: number,
    @Arg('changeItem', () => String, { nullable: true, description: '更新时间项' })
    changeItem: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ResourceQualityResult> {
    return scheduleQuality(context, place, { frequency, hour, changeItem });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ResourceQualityResult, { description: '立即检查质量\nThe worker begins within seconds.' })
  runQuality(
    @Arg('place', () => String, { description: '资源\nSubgraph and type.' }) place: string,
    @Arg('mode', () => QualityModes, { defaultValue: 'FULL', description: '检查范围' }) mode: QualityMode,
    @Ctx() context: GovernanceContext,
  ): Promise<ResourceQualityResult> {
    return requestRun(context, place, mode);
  }
}

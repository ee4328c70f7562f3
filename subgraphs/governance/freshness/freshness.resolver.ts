import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { freshnessState } from '../../../shared/kernel/index.js';
import { workingDaysLeft } from '../../../shared/law/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  ReadsOf,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { CatalogueResource, UpdateCycle } from '../catalogue/index.js';
import { FreshnessState, type GovernanceContext } from '../core/index.js';
import { UpdateReportKind } from './freshness-enums.js';
import { countFreshness, type FreshnessCounts } from './freshness.store.js';
import { reportUpdate } from './report-update.command.js';
import { FreshnessFlag, ResourceFreshness } from './resource-freshness.entity.js';
import { FreshnessResult } from './update-exception.entity.js';

const ResourceFreshnessConnection = defineConnection(ResourceFreshness, { title: '数据更新情况' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据更新统计\nOf one provider’s published resources.' })
export class FreshnessFigures implements FreshnessCounts {
  @Field({ description: '提供部门代码' })
  department!: string;

  @Field(() => Int, { description: '已发布资源数' })
  resources!: number;

  @Field(() => Int, { description: '未逾期资源数\nThose whose last update is known.' })
  fresh!: number;

  @Field(() => Int, { description: '逾期未更新资源数' })
  late!: number;

  @Field(() => Int, { description: '更新时间不详资源数' })
  unknown!: number;

  @Field(() => Int, { description: '更新方式有问题资源数' })
  flagged!: number;
}

/** How current each published resource is.
 *  @source HZ-3.1c, HZ-6.1c, HZ-7.4a, QZ-4.3b, CZ-5.3d, CZ-9.1e, CZ-12a, YN-11a */
@Resolver(() => ResourceFreshness)
export class FreshnessResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ResourceFreshnessConnection, {
    nullable: true,
    description: '查询数据更新情况\nOf published resources; those late and those unknown can be asked for alone.',
  })
  resourceFreshness(
    @Filters('ResourceFreshness.code')
    @Arg('code', () => String, { nullable: true })
    code: string | null | undefined,
    @Filters('ResourceFreshness.provider')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Filters('ResourceFreshness.state')
    @Arg('state', () => FreshnessState, { nullable: true })
    state: FreshnessState | null | undefined,
    @Filters('ResourceFreshness.flags')
    @Arg('flagged', () => Boolean, { nullable: true })
    flagged: boolean | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ResourceFreshness>> {
    const conditions: RowCondition<ResourceFreshness>[] = [
      ...(code == null ? [] : [{ code }]),
      ...(provider == null ? [] : [{ provider }]),
      ...(flagged == null ? [] : [{ flagged }]),
      ...(state == null ? [] : [conditionOf(state, new Date(own.now()))]),
    ];
    return rows.connection(ResourceFreshness, { $and: conditions }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => [FreshnessFigures], {
    nullable: true,
    description: '数据更新统计\nOf each provider with published resources.',
  })
  freshnessFigures(
    @Filters('FreshnessFigures.department')
    @Arg('provider', () => String, { nullable: true })
    provider: string | null | undefined,
    @Ctx() { em, own }: GovernanceContext,
  ): Promise<FreshnessFigures[]> {
    return countFreshness(em, new Date(own.now()), provider ?? undefined);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => FreshnessState, { description: '状态' })
  @ReadsOf(ResourceFreshness, 'lastUpdate', 'dueAt', 'provisional')
  state(@Root() row: ResourceFreshness, @Ctx() { own }: GovernanceContext): FreshnessState {
    return freshnessState(row, own.now());
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Int, {
    nullable: true,
    description: '剩余工作日\nUntil the due day; below zero when late, null where there is no due day.',
  })
  @ReadsOf(ResourceFreshness, 'due', 'dueAt', 'provisional')
  left(@Root() { due, dueAt, provisional }: ResourceFreshness, @Ctx() { own }: GovernanceContext): number | null {
    if (due == null || !dueAt) return null;
    const { calendar, profile, now } = own;
    const given = { due: { date: due, instant: dueAt.getTime(), provisional }, now: now(), timeZone: profile.timeZone };
    return workingDaysLeft(calendar, given).days;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => UpdateCycle, { nullable: true, description: '更新周期\nAs the entry declares it.' })
  @ReadsOf(ResourceFreshness, 'cycle')
  cycle(@Root() { cycle }: ResourceFreshness): UpdateCycle | null {
    return (cycle as UpdateCycle | null | undefined) ?? null;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => [FreshnessFlag], { description: '问题\nFaults in how the resource is kept current, by clause.' })
  @ReadsOf(ResourceFreshness, 'flags')
  flags(@Root() { flags }: ResourceFreshness): FreshnessFlag[] {
    return flags.map((flag) => Object.assign(new FreshnessFlag(), flag));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => FreshnessResult, {
    description: '报告数据更新\nBy the provider, of a resource of its own; its system may report by itself.',
  })
  reportUpdate(
    @Arg('code', () => String, { description: '资源代码' }) code: string,
    @Arg('kind', () => UpdateReportKind, { defaultValue: 'UPDATED', description: '种类' }) kind: UpdateReportKind,
    @Arg('at', () => GraphQLISODateTime, { nullable: true, description: '时间\nNow where absent.' })
    at: Date | null | undefined,
    @Arg('note', () => String, { nullable: true }) note: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<FreshnessResult> {
    return reportUpdate(context, { code, kind, at, note });
  }
}

/** Rows in a state; the same as `state` says of each. */
function conditionOf(state: FreshnessState, now: Date): RowCondition<ResourceFreshness> {
  const late: RowCondition<ResourceFreshness> = { dueAt: { $lte: now }, provisional: false };
  const notLate: RowCondition<ResourceFreshness> = {
    $or: [{ dueAt: null }, { dueAt: { $gt: now } }, { provisional: true }],
  };
  if (state === 'LATE') return late;
  if (state === 'UNKNOWN') return { $and: [{ lastUpdate: null }, notLate] };
  if (state === 'UNLIMITED') return { lastUpdate: { $ne: null }, dueAt: null };
  return { $and: [{ lastUpdate: { $ne: null }, dueAt: { $ne: null } }, notLate] };
}

/** The freshness of an entry, with the entry. */
@Resolver(() => CatalogueResource)
export class EntryFreshnessResolver {
  @Share('UNCONDITIONAL')
  @FieldResolver(() => ResourceFreshness, {
    nullable: true,
    description: '数据更新情况\nNull for an entry that is not published.',
  })
  @ReadsOf(CatalogueResource, 'code', 'state')
  async freshness(
    @Root() { code, state }: CatalogueResource,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ResourceFreshness | null> {
    return state === 'PUBLISHED' ? rows.one(ResourceFreshness, 'code', code, info) : null;
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  GraphQLISODateTime,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { ageInWorkingDays, workingDaysLeft } from '../../../../shared/law/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, defineConnection, PageArguments, ReadsOf } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueDutyResult } from './catalogue-duty-result.js';
import { CatalogueTask, ReportedChange } from './catalogue-task.entity.js';
import { filterTasks } from './catalogue-task.store.js';
import { reportChange } from './report-change.command.js';

const CatalogueTaskConnection = defineConnection(CatalogueTask, { title: '目录更新任务' });

/** Changes that the catalogue has to follow, and by when.
 *  @source HZ-5.4a, HZ-5.4b, QZ-4.2c, CZ-7b, CZ-7d, YN-9h, YN-9i */
@Resolver(() => CatalogueTask)
export class CatalogueTaskResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueTaskConnection, {
    nullable: true,
    description: '目录更新任务\nThe own department’s; every department’s for the authority.',
  })
  catalogueTasks(
    @Filters('CatalogueTask.department')
    @Arg('department', () => String, { nullable: true })
    department: string | null | undefined,
    @Filters('CatalogueTask.closedAt') @Arg('closed', () => Boolean, { defaultValue: false }) closed: boolean,
    @Filters('CatalogueTask.due') @Arg('overdue', () => Boolean, { defaultValue: false }) overdue: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<CatalogueTask>> {
    const dueBy = overdue ? new Date(own.now()) : undefined;
    return rows.connection(CatalogueTask, filterTasks(fetch, { department, closed, dueBy }), info, page);
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Int, { description: '已历工作日\nUntil now, or until it was closed.' })
  @ReadsOf(CatalogueTask, 'openedAt', 'closedAt')
  age(@Root() { openedAt, closedAt }: CatalogueTask, @Ctx() { own }: GovernanceContext): number {
    const { calendar, profile, now } = own;
    const until = closedAt?.getTime() ?? now();
    return ageInWorkingDays(calendar, { since: openedAt.getTime(), now: until, timeZone: profile.timeZone }).days;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Int, {
    nullable: true,
    description: '剩余工作日\nBelow zero when late; null where the law gives no limit, or when it is closed.',
  })
  @ReadsOf(CatalogueTask, 'due', 'dueAt', 'provisional', 'closedAt')
  left(@Root() task: CatalogueTask, @Ctx() { own }: GovernanceContext): number | null {
    return computeTimeLeft(task, own)?.days ?? null;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Boolean, { description: '是否逾期\nNever where the law gives no limit.' })
  @ReadsOf(CatalogueTask, 'due', 'dueAt', 'provisional', 'closedAt')
  overdue(@Root() task: CatalogueTask, @Ctx() { own }: GovernanceContext): boolean {
    return computeTimeLeft(task, own)?.overdue ?? false;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueDutyResult, {
    description: '报告法律或职能变化\nOpens a task; where the law counts days, with its due date (CZ-7b, YN-9i).',
  })
  reportChange(
    @Arg('department', () => String) department: string,
    @Arg('kind', () => ReportedChange, { description: '变化种类' }) kind: ReportedChange,
    @Arg('subject', () => String) subject: string,
    @Arg('at', () => GraphQLISODateTime, { nullable: true, description: '变化时间\nNow where absent.' })
    at: Date | null | undefined,
    @Arg('code', () => String, { nullable: true, description: '资源代码' }) code: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueDutyResult> {
    return reportChange(context, { department, kind, subject, at, code });
  }
}

const computeTimeLeft = (
  { due, dueAt, provisional, closedAt }: CatalogueTask,
  { calendar, profile, now }: GovernanceContext['own'],
) =>
  due && dueAt && !closedAt
    ? workingDaysLeft(calendar, {
        due: { date: due, instant: dueAt.getTime(), provisional },
        now: now(),
        timeZone: profile.timeZone,
      })
    : undefined;

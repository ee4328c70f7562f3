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
import { PageArguments, ReadsOf, type Page, type RowCondition } from '../../../../shared/subgraph/index.js';
import {
  actsFor,
  cleanText,
  type Recorded,
  type GovernanceContext,
  Refusal,
  type RefusalCode,
  seesAll,
  findTextProblem,
} from '../../core/index.js';
import { Department } from '../../register/index.js';
import { CatalogueTask, type TaskKind } from '../review/catalogue-task.entity.js';
import { CatalogueDutyResult, CatalogueTaskPage } from './duty-result.js';
import { openTask } from '../review/tasks.js';

/** What the catalogue has to follow, and by when. @source HZ-5.4a, HZ-5.4b, QZ-4.2c, CZ-7b, CZ-7d, YN-9h, YN-9i */
@Resolver(() => CatalogueTask)
export class CatalogueDutiesResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CatalogueTaskPage, {
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
  ): Promise<Page<CatalogueTask>> {
    const where: RowCondition<CatalogueTask>[] = [
      ...(seesAll(fetch) ? [] : [{ department: fetch.department }]),
      ...(department == null ? [] : [{ department }]),
      ...(closed ? [] : [{ closedAt: null }]),
      ...(overdue ? [{ dueAt: { $lte: new Date(own.now()) } }] : []),
    ];
    return rows.page(CatalogueTask, { $and: where }, info, page);
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
    return leftOf(task, own)?.days ?? null;
  }

  @Share('UNCONDITIONAL')
  @FieldResolver(() => Boolean, { description: '是否逾期\nNever where the law gives no limit.' })
  @ReadsOf(CatalogueTask, 'due', 'dueAt', 'provisional', 'closedAt')
  overdue(@Root() task: CatalogueTask, @Ctx() { own }: GovernanceContext): boolean {
    return leftOf(task, own)?.overdue ?? false;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueDutyResult, {
    description: '报告法律或职能变化\nOpens a task; where the law counts days, with its due date (CZ-7b, YN-9i).',
  })
  async reportChange(
    @Arg('department', () => String) department: string,
    @Arg('kind', () => String, { description: 'LAW_CHANGE or FUNCTION_CHANGE.' }) kind: TaskKind,
    @Arg('subject', () => String) text: string,
    @Arg('at', () => GraphQLISODateTime, { nullable: true, description: '变化时间\nNow where absent; not to come.' })
    at: Date | null | undefined,
    @Arg('code', () => String, { nullable: true, description: '资源代码' }) code: string | null | undefined,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<CatalogueDutyResult> {
    const wrong = findTextProblem('subject', text);
    if (wrong) return refuse('TASK_MALFORMED', wrong);
    if (kind !== 'LAW_CHANGE' && kind !== 'FUNCTION_CHANGE')
      return refuse('TASK_MALFORMED', '`kind` must be LAW_CHANGE or FUNCTION_CHANGE.');
    const since = at?.getTime() ?? own.now();
    if (since > own.now()) return refuse('TASK_MALFORMED', '`at` is still to come.');
    if (!actsFor(department, fetch)) return refuse('OTHER_DEPARTMENT', 'A department reports changes of its own only.');
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CatalogueDutyResult>> => {
      if ((await em.count(Department, { code: department })) === 0)
        return { result: refuse('DEPARTMENT_UNKNOWN', `There is no department ${department}.`) };
      const change = { kind, department, subject: cleanText(text), at: since, ...(code != null && { code }) };
      const task = await openTask(em, change, own);
      const terms = { kind, due: task.due ?? null, code: code ?? null };
      return {
        result: { task },
        decision: {
          act: 'REPORT_CHANGE',
          object: `task/${task.id}`,
          concerns: [department],
          basis: task.clauses,
          terms,
        },
      };
    });
  }
}

const leftOf = (
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

const refuse = (code: RefusalCode, message: string): CatalogueDutyResult => ({
  refusal: Refusal.because(code, message),
});

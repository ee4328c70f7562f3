import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  PageArguments,
  ReadsOf,
  type Connection,
  type RowCondition,
  type SubgraphContext,
} from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { ApplicationEvent } from './application-event.entity.js';
import { ApplicationInput } from './application-form.js';
import { ShareApplicationConnection, ApplicationResult } from './application-result.js';
import { ProviderReview } from '../review/provider-review.entity.js';
import type { FormValues } from './form-values.js';
import { ApplicationDrafts } from './application-drafts.js';
import { type ApplicationState, ApplicationStates, ShareApplication } from './share-application.entity.js';
import { isVisibleTo } from '../review/visibility.js';

const VERSION = { description: '所见版本' };
const SUBMIT = { defaultValue: false, description: '是否提交\nFalse keeps it as a draft.' };

/** Applications: listed for their parties; started, changed, submitted and withdrawn by the department that applies. */
/** More than any application has. */
const MOST_EVENTS = 1_000;

@Resolver(() => ShareApplication)
export class ApplicationResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ShareApplicationConnection, {
    nullable: true,
    description:
      '查询共享申请\nApplications that the caller is a party to, the newest first; for the authority all that were submitted.',
  })
  async applications(
    @Filters('ShareApplication.state')
    @Arg('state', () => ApplicationStates, { nullable: true })
    state: ApplicationState | undefined,
    @Filters('ShareApplication.scenario')
    @Arg('scenario', () => String, { nullable: true })
    scenario: string | undefined,
    @Filters('ShareApplication.department')
    @Arg('department', () => String, { nullable: true })
    department: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, em, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ShareApplication>> {
    const where: RowCondition<ShareApplication>[] = [
      await isVisibleTo(em, fetch),
      ...(state ? [{ state }] : []),
      ...(scenario ? [{ scenario }] : []),
      ...(department ? [{ department }] : []),
    ];
    return rows.connection(ShareApplication, { $and: where }, info, {
      ...page,
      order: { property: 'id', direction: 'desc' },
    });
  }

  @Share('UNCONDITIONAL')
  @Query(() => ShareApplication, { nullable: true, description: '按编号查询共享申请' })
  async application(
    @Filters('ShareApplication.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, em, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareApplication | null> {
    const seen = await isVisibleTo(em, fetch);
    return (await rows.find(ShareApplication, { $and: [{ id }, seen] }, info))[0] ?? null;
  }

  @FieldResolver(() => [ProviderReview], { description: '各提供部门的办理\nEmpty for a draft.' })
  @ReadsOf(ShareApplication, 'id')
  reviews(
    @Root() { id }: ShareApplication,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProviderReview[]> {
    return rows.many(ProviderReview, 'application', id, info);
  }

  @FieldResolver(() => [ApplicationEvent], { description: '办理记录\nThe oldest first.' })
  @ReadsOf(ShareApplication, 'id')
  history(
    @Root() { id }: ShareApplication,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ApplicationEvent[]> {
    return rows.many(ApplicationEvent, 'application', id, info, MOST_EVENTS);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationResult, {
    description: '发起共享申请\nKept as a draft even if incomplete; the findings name all that it lacks.',
  })
  startApplication(
    @Arg('input', () => ApplicationInput) input: ApplicationInput,
    @Arg('submit', () => Boolean, SUBMIT) submit: boolean,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationResult> {
    const { em, fetch, own } = context;
    return own.auditLog.transact(em, fetch, (em) =>
      new ApplicationDrafts(em, context).start(toFormValues(input), { submit }),
    );
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationResult, {
    description:
      '修改共享申请\nA draft, or an application that a reviewer asked to change. The input replaces the whole form.',
  })
  changeApplication(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('input', () => ApplicationInput) input: ApplicationInput,
    @Arg('submit', () => Boolean, SUBMIT) submit: boolean,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationResult> {
    const { em, fetch, own } = context;
    return own.auditLog.transact(em, fetch, (em) =>
      new ApplicationDrafts(em, context).change(id, version, toFormValues(input), submit),
    );
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationResult, { description: '提交共享申请' })
  submitApplication(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationResult> {
    const { em, fetch, own } = context;
    return own.auditLog.transact(em, fetch, (em) => new ApplicationDrafts(em, context).submitOwn(id, version));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ApplicationResult, { description: '撤回共享申请\nWithdraws every review that is not decided.' })
  withdrawApplication(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String, { nullable: true, description: '原因' }) reason: string | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ApplicationResult> {
    const { em, fetch, own } = context;
    return own.auditLog.transact(em, fetch, (em) => new ApplicationDrafts(em, context).withdraw(id, version, reason));
  }
}

/** The form as it is stored, with instants as text. */
function toFormValues({ from, until, ...same }: ApplicationInput): FormValues {
  return { ...same, ...(from && { from: from.toISOString() }), ...(until && { until: until.toISOString() }) };
}

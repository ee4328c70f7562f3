import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import {
  PageArguments,
  type Connection,
  type RowCondition,
  type SubgraphContext,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, readsEverything } from '../../core/index.js';
import { canSeeReview, findSeenSpecialReviews } from './visibility.js';
import { ProviderReviewConnection, ProviderReviewResult } from './provider-review-result.js';
import { ProviderReview } from './provider-review.entity.js';
import { DecisionInput } from './decision.type.js';
import { AUTHORITY, findCasesOfAuthority } from './resolve-parties.js';
import { toDecisionRequest } from './to-decision-request.js';
import { type ExecutableCommand, executeReviewCommand } from './execute-review-command.js';

const VERSION = { description: '所见版本' };

/** Provider reviews: the lists of those that wait, and the decisions of the reviewers. */
@Resolver(() => ProviderReview)
export class ProviderReviewResolver {
  @Share('UNCONDITIONAL')
  @Query(() => ProviderReviewConnection, {
    nullable: true,
    description:
      '我的待办\nReviews that wait on the caller’s department or roles; never those of its own department’s applications.',
  })
  async myTasks(
    @Arg('overdue', () => Boolean, { defaultValue: false, description: '仅逾期' }) overdue: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, em, fetch, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ProviderReview>> {
    const { department, roles: callerRoles = [] } = fetch;
    // Of several authorities only the one that is responsible has to act.
    const roles = callerRoles.map((role) => `*${role}`).filter((role) => role !== AUTHORITY);
    const cases = callerRoles.includes('authority') ? await findCasesOfAuthority(em, department) : [];
    const waits: RowCondition<ProviderReview> = {
      $or: [
        { waitsOn: { $overlap: [department] } },
        { waitsOn: { $overlap: roles }, department: { $ne: department } },
        ...cases.map(({ applicant, provider, waitsOn }) => ({
          department: applicant,
          provider,
          waitsOn: { $overlap: [waitsOn] },
        })),
      ],
    };
    const seen: RowCondition<ProviderReview> = {
      $or: [{ kind: { $ne: 'SPECIAL' } }, { id: { $in: await findSeenSpecialReviews(em, fetch) } }],
    };
    const where = [{ closedAt: null }, waits, seen, ...(overdue ? [isLate(own.now())] : [])];
    return rows.connection(ProviderReview, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ProviderReviewConnection, {
    nullable: true,
    description:
      '逾期未答复的申请\nOf every department for the authority and the auditor; else those to which the caller’s department is a party (CZ-23e).',
  })
  overdueAnswers(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ProviderReview>> {
    const { department } = fetch;
    const parties: RowCondition<ProviderReview> = readsEverything(fetch)
      ? {}
      : { $or: [{ department }, { provider: department }] };
    return rows.connection(ProviderReview, { $and: [{ closedAt: null }, isLate(own.now()), parties] }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => ProviderReview, { nullable: true, description: '按编号查询申请办理' })
  async providerReview(
    @Arg('id', () => String) id: string,
    @Ctx() { rows, em, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProviderReview | null> {
    if (!(await canSeeReview(em, id, fetch))) return null;
    return (await rows.find(ProviderReview, { id }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description: '审核共享申请\nAgree, in whole or in part, refuse, or ask for changes.',
  })
  decideApplication(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('decision', () => DecisionInput) input: DecisionInput,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    return executeReviewCommand(review, context, toDecisionRequest(expectedVersion, input, context.fetch));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, { description: '申请延期答复' })
  extendAnswer(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('workingDays', () => Int, { description: '延长工作日数' }) workingDays: number,
    @Arg('reason', () => String, { description: '理由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const command: ExecutableCommand = { type: 'EXTEND', as: 'provider', workingDays, reason };
    return executeReviewCommand(review, context, { expectedVersion, reason, command });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, { description: '审批延期答复' })
  consentToExtension(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('agreed', () => Boolean, { description: '是否同意' }) agreed: boolean,
    @Arg('reason', () => String, { nullable: true, description: '理由' }) reason: string | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const command: ExecutableCommand = { type: 'CONSENT_TO_EXTENSION', agreed, reason };
    return executeReviewCommand(review, context, { expectedVersion, reason, command });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description:
      '逾期上报\nTells those above that an answer is late. Whoever decides still decides; nothing is given by it.',
  })
  escalateAnswer(
    @Arg('review', () => String) review: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    return executeReviewCommand(review, context, { expectedVersion: undefined, command: { type: 'ESCALATE' } });
  }
}

const isLate = (now: number): RowCondition<ProviderReview> => ({ status: 'REVIEW', dueAt: { $lte: new Date(now) } });

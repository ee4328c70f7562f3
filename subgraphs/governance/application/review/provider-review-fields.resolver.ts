import { recall } from '../messages/index.js';
import type { Text } from '../../../../shared/kernel/index.js';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { ReadsOf, type SubgraphContext, Worded } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { ProviderReview } from './provider-review.entity.js';
import { describeTime } from './review-time.js';
import { ReviewDecision } from './decision.type.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { reducesTerms } from '../draft/terms.rule.js';
import { SharedTerms } from '../draft/terms.type.js';
import { ReviewStep } from './review-step.type.js';
import { ReviewTime } from './review-time.type.js';
import { findEscalationStep, findOpenStep } from './review-state.rule.js';

/** Fields of a review that are computed from its state and its process. */
@Resolver(() => ProviderReview)
export class ProviderReviewFieldsResolver {
  @FieldResolver(() => ShareApplication, { nullable: true, description: '共享申请' })
  @ReadsOf(ProviderReview, 'application')
  application(
    @Root() { application }: ProviderReview,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareApplication | null> {
    return rows.one(ShareApplication, 'id', application, info);
  }

  @FieldResolver(() => SharedTerms, { description: '申请的内容' })
  @ReadsOf(ProviderReview, 'state')
  asked(@Root() { state }: ProviderReview): SharedTerms {
    return SharedTerms.of(state.asked);
  }

  @FieldResolver(() => SharedTerms, { description: '同意共享的内容\nTerms that the decisions so far have left.' })
  @ReadsOf(ProviderReview, 'state')
  terms(@Root() { state }: ProviderReview): SharedTerms {
    return SharedTerms.of(state.terms);
  }

  @FieldResolver(() => Boolean, { description: '是否部分同意' })
  @ReadsOf(ProviderReview, 'state')
  partial(@Root() { state }: ProviderReview): boolean {
    return reducesTerms(state.asked, state.terms);
  }

  @FieldResolver(() => [ReviewDecision], { description: '已作出的决定' })
  @ReadsOf(ProviderReview, 'state')
  decisions(@Root() { state }: ProviderReview): ReviewDecision[] {
    return state.decisions.map((decision) => ReviewDecision.of(decision));
  }

  @FieldResolver(() => [ReviewStep], { description: '审核步骤' })
  @ReadsOf(ProviderReview, 'process')
  steps(@Root() { process }: ProviderReview): ReviewStep[] {
    return process.steps.map(({ by, clauses }) =>
      Object.assign(new ReviewStep(), { by: [...by], clauses: [...clauses] }),
    );
  }

  @FieldResolver(() => [String], {
    description:
      '待办方\nDepartment codes, and roles with a * before; `*higher-authority` is the authority above a provider of a higher level (CZ-11i).',
  })
  @ReadsOf(ProviderReview, 'waitsOn')
  waitsFor(@Root() { waitsOn }: ProviderReview): string[] {
    return waitsOn;
  }

  @FieldResolver(() => [String], { description: '当前环节所依条款' })
  @ReadsOf(ProviderReview, 'state', 'process')
  clauses(@Root() { state, process }: ProviderReview): string[] {
    return [...(findOpenStep(process, state)?.clauses ?? findEscalationStep(process, state)?.clauses ?? [])];
  }

  @FieldResolver(() => [String], {
    description: '说明\nThe reading of legal text that is silent or can be read in two ways.',
  })
  @ReadsOf(ProviderReview, 'process')
  @Worded()
  notes(@Root() { process }: ProviderReview): Text[] {
    return process.notes.map(recall);
  }

  @FieldResolver(() => String, { nullable: true, description: '不予共享的理由' })
  @ReadsOf(ProviderReview, 'state')
  refusalReason(@Root() { state }: ProviderReview): string | undefined {
    return state.refusal?.reason;
  }

  @FieldResolver(() => String, { nullable: true, description: '协调文号' })
  @ReadsOf(ProviderReview, 'state')
  coordination(@Root() { state }: ProviderReview): string | undefined {
    return state.coordination?.reference;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: '待确认的协调文号\nA coordination that a second person of the authority has still to confirm.',
  })
  @ReadsOf(ProviderReview, 'state')
  proposedCoordination(@Root() { state }: ProviderReview): string | undefined {
    return state.proposed?.reference;
  }

  @FieldResolver(() => ReviewTime, { description: '办理时限' })
  @ReadsOf(ProviderReview, 'state', 'process', 'dueDate', 'dueAt', 'dueProvisional')
  time(@Root() review: ProviderReview, @Ctx() { own }: GovernanceContext): ReviewTime {
    const { state, process, dueDate, dueAt, dueProvisional } = review;
    const due = dueDate && dueAt ? { date: dueDate, instant: dueAt.getTime(), provisional: dueProvisional } : undefined;
    const days = { calendar: own.calendar, timeZone: own.profile.timeZone };
    const { due: told, ...time } = describeTime(process.limit, state, due, own.now(), days);
    return Object.assign(new ReviewTime(), time, { due: told?.date, clauses: [...(process.limit?.clauses ?? [])] });
  }
}

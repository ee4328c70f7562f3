import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { ReadsOf, type SubgraphContext } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { ApplicationTrack } from './provider-review.entity.js';
import { timeOf } from './clock.js';
import { TrackDecision } from './decision.type.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { isPartial } from '../draft/terms.rule.js';
import { SharedTerms } from '../draft/terms.type.js';
import { TrackStep, TrackTime } from './review-step.type.js';
import { escalationStep, openStep } from './review-state.rule.js';

/** What is told of a track beside its columns: terms, decisions, whose turn it is, and its time. */
@Resolver(() => ApplicationTrack)
export class TrackFieldsResolver {
  @FieldResolver(() => ShareApplication, { nullable: true, description: '共享申请' })
  @ReadsOf(ApplicationTrack, 'application')
  application(
    @Root() { application }: ApplicationTrack,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShareApplication | null> {
    return rows.one(ShareApplication, 'id', application, info);
  }

  @FieldResolver(() => SharedTerms, { description: '申请的内容' })
  @ReadsOf(ApplicationTrack, 'state')
  asked(@Root() { state }: ApplicationTrack): SharedTerms {
    return SharedTerms.of(state.asked);
  }

  @FieldResolver(() => SharedTerms, { description: '同意共享的内容\nWhat the decisions so far have left.' })
  @ReadsOf(ApplicationTrack, 'state')
  terms(@Root() { state }: ApplicationTrack): SharedTerms {
    return SharedTerms.of(state.terms);
  }

  @FieldResolver(() => Boolean, { description: '是否部分同意' })
  @ReadsOf(ApplicationTrack, 'state')
  partial(@Root() { state }: ApplicationTrack): boolean {
    return isPartial(state.asked, state.terms);
  }

  @FieldResolver(() => [TrackDecision], { description: '已作出的决定' })
  @ReadsOf(ApplicationTrack, 'state')
  decisions(@Root() { state }: ApplicationTrack): TrackDecision[] {
    return state.decisions.map((decision) => TrackDecision.of(decision));
  }

  @FieldResolver(() => [TrackStep], { description: '审核步骤' })
  @ReadsOf(ApplicationTrack, 'process')
  steps(@Root() { process }: ApplicationTrack): TrackStep[] {
    return process.steps.map(({ by, clauses }) =>
      Object.assign(new TrackStep(), { by: [...by], clauses: [...clauses] }),
    );
  }

  @FieldResolver(() => [String], { description: '待办方\nDepartment codes, and roles with a * before.' })
  @ReadsOf(ApplicationTrack, 'waitsOn')
  waitsFor(@Root() { waitsOn }: ApplicationTrack): string[] {
    return waitsOn;
  }

  @FieldResolver(() => [String], { description: '当前环节所依条款' })
  @ReadsOf(ApplicationTrack, 'state', 'process')
  clauses(@Root() { state, process }: ApplicationTrack): string[] {
    return [...(openStep(process, state)?.clauses ?? escalationStep(process, state)?.clauses ?? [])];
  }

  @FieldResolver(() => [String], {
    description: '说明\nHow text that is silent or can be read in two ways is read here.',
  })
  @ReadsOf(ApplicationTrack, 'process')
  notes(@Root() { process }: ApplicationTrack): string[] {
    return [...process.notes];
  }

  @FieldResolver(() => String, { nullable: true, description: '不予共享的理由' })
  @ReadsOf(ApplicationTrack, 'state')
  refusalReason(@Root() { state }: ApplicationTrack): string | undefined {
    return state.refusal?.reason;
  }

  @FieldResolver(() => String, { nullable: true, description: '协调文号' })
  @ReadsOf(ApplicationTrack, 'state')
  coordination(@Root() { state }: ApplicationTrack): string | undefined {
    return state.coordination?.reference;
  }

  @FieldResolver(() => TrackTime, { description: '办理时限' })
  @ReadsOf(ApplicationTrack, 'state', 'process', 'dueDate', 'dueAt', 'dueProvisional')
  time(@Root() track: ApplicationTrack, @Ctx() { own }: GovernanceContext): TrackTime {
    const { state, process, dueDate, dueAt, dueProvisional } = track;
    const due = dueDate && dueAt ? { date: dueDate, instant: dueAt.getTime(), provisional: dueProvisional } : undefined;
    const days = { calendar: own.calendar, timeZone: own.profile.timeZone };
    const { due: told, ...time } = timeOf(process.limit, state, due, own.now(), days);
    return Object.assign(new TrackTime(), time, { due: told?.date, clauses: [...(process.limit?.clauses ?? [])] });
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../shared/share/decorators.js';
import {
  type Connection,
  PageArguments,
  type RowCondition,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import { type GovernanceContext, omitNulls } from '../core/index.js';
import { Correction, CorrectionConnection, CorrectionStatuses } from './correction.entity.js';
import { CorrectionDecisionInput, CorrectionInput, MismatchFindings } from './correction-input.type.js';
import { CorrectionResult } from './correction-result.type.js';
import type { CorrectionStatus } from './correction-state.rule.js';
import type { CorrectionCommand, MismatchFinding } from './commands/correction-command.rule.js';
import { DisputedItem } from './disputed-item.type.js';
import { executeCorrectionCommand } from './execute-correction-command.js';
import { reportCorrection } from './report-correction.command.js';
import { visibleCorrections } from './visible-corrections.js';

const VERSION = { description: '所见版本' };

/** Reports of wrong data, and the steps of their correction. */
@Resolver(() => Correction)
export class CorrectionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => CorrectionConnection, {
    nullable: true,
    description:
      '查询数据纠错\nThose that the own department has reported or has to correct; all for authority, auditor and operator.',
  })
  corrections(
    @Filters('Correction.status')
    @Arg('status', () => CorrectionStatuses, { nullable: true })
    status: CorrectionStatus | null | undefined,
    @Filters('Correction.since')
    @Arg('idleSince', () => Date, {
      nullable: true,
      description: '自此时间起无进展\nOpen, and without any step since (YN-42g).',
    })
    idleSince: Date | null | undefined,
    @Filters('Correction.status')
    @Arg('overdue', () => Boolean, { defaultValue: false, description: '仅逾期' })
    overdue: boolean,
    @Filters('Correction.waitsFor')
    @Arg('waiting', () => Boolean, { defaultValue: false, description: '仅待本部门办理' })
    waiting: boolean,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Correction>> {
    const awaited = [fetch.department, ...(fetch.roles ?? []).map((role) => `*${role}`)];
    const where: RowCondition<Correction>[] = [
      visibleCorrections(fetch),
      ...(status == null ? [] : [{ status }]),
      ...(idleSince == null ? [] : [{ closedAt: null, since: { $lte: idleSince } }]),
      ...(overdue ? [{ closedAt: null, dueAt: { $lte: new Date(own.now()) }, dueProvisional: false }] : []),
      ...(waiting ? [{ waitsOn: { $overlap: awaited } }] : []),
    ];
    return rows.connection(Correction, { $and: where }, info, page);
  }

  @Share('UNCONDITIONAL')
  @Query(() => Correction, { nullable: true, description: '按编号查询数据纠错' })
  async correction(
    @Filters('Correction.id') @Arg('id', () => String) id: string,
    @Ctx() { rows, fetch }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Correction | null> {
    return (await rows.find(Correction, { $and: [{ id }, visibleCorrections(fetch)] }, info))[0] ?? null;
  }

  @Share('UNCONDITIONAL')
  @Query(() => [DisputedItem], {
    nullable: true,
    description:
      '本次回答中校核中的信息项\nThe same as `extensions.disputed`, for clients that drop extensions. The gateway fills it in.',
  })
  disputedItems(): DisputedItem[] {
    return [];
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, {
    description:
      '提出数据纠错\nOn items that the department was given or has a grant of; at a desk, for the person concerned.',
  })
  reportCorrection(
    @Arg('input', () => CorrectionInput) input: CorrectionInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return reportCorrection(context, omitNulls(input) as Parameters<typeof reportCorrection>[1]);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, {
    description:
      '反馈比对不一致的核查情况\nBy the department that found the difference, after a look at its own record.',
  })
  feedBackMismatch(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('finding', () => MismatchFindings, { description: '核查结果' }) finding: MismatchFinding,
    @Arg('reason', () => String, { description: '核查情况' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'FEED_BACK', finding, reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '撤回纠错\nAs long as it is not decided.' })
  withdrawCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String, { description: '原因' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'WITHDRAW', reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '分析并分发纠错\nBy the operator, with its analysis.' })
  dispatchCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('analysis', () => String, { description: '分析意见' }) analysis: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'DISPATCH', analysis });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '受理纠错\nFrom here on answers that give a disputed item say so.' })
  acceptCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'ACCEPT' });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '作出核实结论' })
  decideCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('decision', () => CorrectionDecisionInput) decision: CorrectionDecisionInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return executeDecision(context, id, version, decision, { type: 'DECIDE' });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '对核实结论提出异议\nThe authority then settles it.' })
  objectToCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String, { description: '理由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'OBJECT', reason });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '协调核实\nBy the authority, in place of the two departments.' })
  coordinateCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reference', () => String, { description: '协调文号' }) reference: string,
    @Arg('decision', () => CorrectionDecisionInput) decision: CorrectionDecisionInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return executeDecision(context, id, version, decision, { type: 'COORDINATE', reference });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CorrectionResult, { description: '认可结果并办结\nBy the department that reported.' })
  closeCorrection(
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<CorrectionResult> {
    return execute(context, id, version, { type: 'CLOSE' });
  }
}

const execute = (context: GovernanceContext, id: string, expectedVersion: number, command: CorrectionCommand) =>
  executeCorrectionCommand(context, { id, expectedVersion, command });

function executeDecision(
  context: GovernanceContext,
  id: string,
  expectedVersion: number,
  { verdict, items, reason, errorSince, basis }: CorrectionDecisionInput,
  step: { readonly type: 'DECIDE' } | { readonly type: 'COORDINATE'; readonly reference: string },
): Promise<CorrectionResult> {
  const command = { ...step, verdict, reason, ...(items && { items }) };
  return executeCorrectionCommand(context, {
    ...{ id, expectedVersion, command, basis: basis ?? [] },
    ...(errorSince && { errorSince }),
  });
}

import { recall } from './messages/index.js';
import type { Text } from '../../../shared/kernel/index.js';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ReadsOf, Worded } from '../../../shared/subgraph/index.js';
import { ageInWorkingDays, workingDaysLeft } from '../../../shared/law/index.js';
import { type GovernanceContext, seesAll } from '../core/index.js';
import { findDisputedUses } from '../evidence/index.js';
import { Correction, Verdicts } from './correction.entity.js';
import { CorrectionTime } from './correction-time.type.js';
import { findLimit, type Verdict } from './correction-state.rule.js';
import { ItemProof } from './follow/item-proof.type.js';
import { proveChange } from './follow/proof.rule.js';
import { CorrectionReceipt } from './receipt/correction-receipt.entity.js';
import { openSubject } from './subject-seal.js';
import { maySeeSubject } from './visible-corrections.js';

/** Fields of a correction that are computed from its state, or that only some of its readers see. */
@Resolver(() => Correction)
export class CorrectionFieldsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      '数据主体标识\nFor the provider’s administrators, to find the record, and for whoever reported; null for all others.',
  })
  @ReadsOf(Correction, 'id', 'sealed', 'department', 'reporter', 'provider', 'dispatchedAt')
  async identifier(@Root() correction: Correction, @Ctx() context: GovernanceContext): Promise<string | null> {
    const { correctionKeys } = context.own;
    if (!correctionKeys || !(await maySeeSubject(correction, context))) return null;
    return openSubject(correction.sealed, correctionKeys, correction.id);
  }

  @FieldResolver(() => Verdicts, { nullable: true, description: '核实结论' })
  @ReadsOf(Correction, 'state')
  verdict(@Root() { state }: Correction): Verdict | undefined {
    return state.decision?.verdict;
  }

  @FieldResolver(() => [String], { description: '予以更正的信息项' })
  @ReadsOf(Correction, 'state')
  corrected(@Root() { state }: Correction): string[] {
    return [...(state.decision?.items ?? [])];
  }

  @FieldResolver(() => String, { nullable: true, description: '核实结论的理由' })
  @ReadsOf(Correction, 'state')
  reason(@Root() { state }: Correction): string | undefined {
    return state.decision?.reason;
  }

  @FieldResolver(() => String, { nullable: true, description: '协调文号' })
  @ReadsOf(Correction, 'state')
  coordination(@Root() { state }: Correction): string | undefined {
    return state.decision?.reference;
  }

  @FieldResolver(() => String, { nullable: true, description: '技术服务单位的分析' })
  @ReadsOf(Correction, 'state')
  analysis(@Root() { state }: Correction): string | undefined {
    return state.analysis;
  }

  @FieldResolver(() => String, { nullable: true, description: '提出部门的异议' })
  @ReadsOf(Correction, 'state')
  objection(@Root() { state }: Correction): string | undefined {
    return state.objection;
  }

  @FieldResolver(() => String, { nullable: true, description: '本人身份核验\nHow the desk has made sure who reports.' })
  @ReadsOf(Correction, 'state')
  identityCheck(@Root() { state }: Correction): string | undefined {
    return state.identityCheck;
  }

  @FieldResolver(() => String, { nullable: true, description: '多元校核编号\nOf the check that found the difference.' })
  @ReadsOf(Correction, 'state')
  check(@Root() { state }: Correction): string | undefined {
    return state.check;
  }

  @FieldResolver(() => [String], { description: '待办方\nDepartment codes, and roles with a * before.' })
  @ReadsOf(Correction, 'waitsOn')
  waitsFor(@Root() { waitsOn }: Correction): string[] {
    return waitsOn;
  }

  @FieldResolver(() => [String], {
    description: '说明\nThe reading of legal text that is silent or can be read in two ways.',
  })
  @ReadsOf(Correction, 'process')
  @Worded()
  notes(@Root() { process }: Correction): Text[] {
    return process.notes.map(recall);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: '办事提示\nThe person concerned is served meanwhile; null where the law says nothing.',
  })
  @ReadsOf(Correction, 'process')
  meanwhile(@Root() { process }: Correction): string | undefined {
    return process.meanwhile?.notice;
  }

  @FieldResolver(() => [ItemProof], {
    description:
      '更正证明\nOf each item that is to be corrected: ask the same query through the hub before the decision and after the correction.',
  })
  @ReadsOf(Correction, 'id', 'state', 'hashes', 'acceptedAt')
  async proof(@Root() correction: Correction, @Ctx() { em }: GovernanceContext): Promise<ItemProof[]> {
    const { id, state, hashes, acceptedAt } = correction;
    const { decision, times } = state;
    if (!decision || decision.items.length === 0 || !acceptedAt || times.decided === undefined) return [];
    const reads = await findDisputedUses(em, { correction: id, hashes, since: acceptedAt });
    return decision.items.map((item) =>
      Object.assign(new ItemProof(), { item, state: proveChange(reads, item, times.decided!) }),
    );
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      '已告知部门数\nFor the provider and those who oversee; null for all others, who learn nothing of other users.',
  })
  @ReadsOf(Correction, 'id', 'provider')
  told(@Root() correction: Correction, @Ctx() context: GovernanceContext): Promise<number> | null {
    return countReceipts(correction, context, false);
  }

  @FieldResolver(() => Int, { nullable: true, description: '已确认部门数\nFor the same readers.' })
  @ReadsOf(Correction, 'id', 'provider')
  confirmed(@Root() correction: Correction, @Ctx() context: GovernanceContext): Promise<number> | null {
    return countReceipts(correction, context, true);
  }

  @FieldResolver(() => CorrectionTime, { description: '办理时限' })
  @ReadsOf(Correction, 'state', 'process', 'dueDate', 'dueAt', 'dueProvisional', 'closedAt')
  time(@Root() correction: Correction, @Ctx() { own }: GovernanceContext): CorrectionTime {
    const { state, process, dueDate, dueAt, dueProvisional, closedAt } = correction;
    const { calendar, timeZone } = own;
    const now = closedAt?.getTime() ?? own.now();
    const age = ageInWorkingDays(calendar, { since: state.times.reported, now, timeZone });
    const due = dueDate && dueAt ? { date: dueDate, instant: dueAt.getTime(), provisional: dueProvisional } : undefined;
    const left = due && workingDaysLeft(calendar, { due, now, timeZone });
    return Object.assign(new CorrectionTime(), {
      ...(due && { due: due.date }),
      ...(left && { workingDaysLeft: left.days }),
      provisional: due?.provisional ?? age.provisional,
      // Nothing is late by a date that a notice may still move.
      overdue: (left?.overdue ?? false) && !due!.provisional,
      ageInWorkingDays: age.days,
      clauses: [...findLimit(process, state.status).clauses],
    });
  }
}

function countReceipts(
  { id, provider }: Correction,
  { em, fetch }: GovernanceContext,
  confirmed: boolean,
): Promise<number> | null {
  if (!seesAll(fetch) && fetch.department !== provider) return null;
  return em.count(CorrectionReceipt, { correction: id, ...(confirmed && { confirmedAt: { $ne: null } }) });
}

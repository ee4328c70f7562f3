import {
  cleanText,
  type Decision,
  findTextProblem,
  type GovernanceContext,
  type Recorded,
  refuse,
  wordOf,
} from '../../core/index.js';
import { say } from '../messages/index.js';
import { closeTicketOfRule } from '../ticket/close-ticket.js';
import { QualityRule, type QualityRulesResult } from './quality-rule.entity.js';
import { findDepartments } from '../../register/index.js';
import { rulesDecision } from './rules-decision.rule.js';

const MOST = 200;

/** Confirms or refuses rules that are proposed, as a person of their provider who did not propose them.
 *  @param reason  given for a refusal
 *  @source QZ-3.5a */
export async function decideRules(
  { em, fetch, own }: GovernanceContext,
  ids: readonly string[],
  reason?: string,
): Promise<QualityRulesResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  const wanted = [...new Set(ids)];
  if (wanted.length === 0 || wanted.length > MOST) return refuse('RULE_UNKNOWN', say('rule.none', { most: MOST }));
  if (reason?.trim() === '') return refuse('REASON_MISSING', say('reason.missing'));
  const unfit = reason === undefined ? undefined : findTextProblem('reason', reason, { max: 300 });
  if (unfit) return refuse('GROUNDS_MALFORMED', unfit);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<QualityRulesResult>> => {
    const found = await em.find(
      QualityRule,
      { id: { $in: wanted }, provider: department },
      { orderBy: { id: 'asc' }, disableIdentityMap: true },
    );
    for (const id of wanted) {
      const rule = found.find((each) => each.id === id);
      if (!rule) return { result: refuse('RULE_UNKNOWN', say('rule.unknown', { id: id.slice(0, 40) })) };
      if (rule.state !== 'PROPOSED')
        return { result: refuse('STATE_UNFIT', say('rule.state', { id, state: wordOf('qualityRule', rule.state) })) };
      if (reason === undefined && rule.proposedBy === person)
        return { result: refuse('SAME_PERSON', say('rule.own', { id })) };
    }
    await em.nativeUpdate(
      QualityRule,
      { id: { $in: wanted } },
      {
        ...{ state: reason === undefined ? 'ACTIVE' : 'REFUSED', decidedAt: new Date(own.now()) },
        // Whoever takes back a rule of their own decides on nothing.
        ...(reason === undefined ? { decidedBy: person } : { reason: cleanText(reason), endedBy: person }),
      },
    );
    const rules = await em.find(
      QualityRule,
      { id: { $in: wanted } },
      { orderBy: { id: 'asc' }, disableIdentityMap: true },
    );
    const act = reason === undefined ? 'CONFIRM_QUALITY_RULE' : 'REFUSE_QUALITY_RULE';
    const decisions = [...Map.groupBy(rules, ({ place }) => place).values()].map((of): Decision => {
      const proposers = of.flatMap(({ proposedFrom }) => proposedFrom ?? []);
      return { ...rulesDecision(act, of, proposers), ...(reason !== undefined && { reason: cleanText(reason) }) };
    });
    return { result: { rules }, before: decisions.slice(1), decision: decisions[0]! };
  });
}

/** Ends a rule. It stays on record with its reason, the authorities are told, and the next scores say that it is gone; a ticket
 *  that is open because of it is closed as one of which nobody knows whether the fault is mended. */
export async function endRule(
  { em, fetch, own }: GovernanceContext,
  id: string,
  reason: string,
): Promise<QualityRulesResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person.required'));
  if (reason.trim() === '') return refuse('REASON_MISSING', say('reason.missing'));
  const unfit = findTextProblem('reason', reason, { max: 300 });
  if (unfit) return refuse('GROUNDS_MALFORMED', unfit);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<QualityRulesResult>> => {
    const rule = await em.findOne(QualityRule, { id, provider: department }, { disableIdentityMap: true });
    if (!rule) return { result: refuse('RULE_UNKNOWN', say('rule.unknown', { id: id.slice(0, 40) })) };
    if (rule.state !== 'ACTIVE')
      return { result: refuse('STATE_UNFIT', say('rule.state', { id, state: wordOf('qualityRule', rule.state) })) };
    const now = new Date(own.now());
    await em.nativeUpdate(
      QualityRule,
      { id },
      { state: 'ENDED', endedAt: now, endedBy: person, reason: cleanText(reason) },
    );
    const ticket = await closeTicketOfRule(em, id, now);
    const closing: Decision[] =
      ticket === undefined
        ? []
        : [{ act: 'CLOSE_QUALITY_TICKET', object: `quality-ticket/${ticket}`, concerns: [], terms: { rule: id } }];
    const authorities = (await findDepartments(em, { role: 'authority' })).map(({ code }) => code);
    return {
      result: { rules: [await em.findOneOrFail(QualityRule, { id }, { disableIdentityMap: true })] },
      before: closing,
      decision: { ...rulesDecision('END_QUALITY_RULE', [rule], authorities), reason: cleanText(reason) },
    };
  });
}

import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
} from '../core/index.js';
import { findPublishedResources } from '../catalogue/index.js';
import { AggregationExemption } from './aggregation-exemption.entity.js';
import type { AggregationResult } from './aggregation.types.js';
import { say } from './messages/index.js';

export interface ExemptionStatement {
  readonly code: string;
  readonly reason: string;
  readonly basis: readonly string[];
  readonly evidence: string;
  readonly evidenceHash: string;
}

const FRESH = { disableIdentityMap: true } as const;

/** States why a resource of the caller's is not brought to the platform. @source QZ-2.3b */
export async function stateExemption(
  { em, fetch, own }: GovernanceContext,
  { code, reason, basis, evidence, evidenceHash }: ExemptionStatement,
): Promise<AggregationResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person'));
  const problem = findTextProblem('reason', reason) ?? findTextProblem('evidence', evidence, { max: 200 });
  if (problem) return refuse('EXEMPTION_MALFORMED', problem);
  if (!/^[0-9a-f]{64}$/.test(evidenceHash)) return refuse('EXEMPTION_MALFORMED', say('exemption.hash'));
  const clauses = own.profile.aggregation?.exception?.clauses ?? [];
  if (basis.length === 0) return refuse('BASIS_MISSING', say('exemption.basis'), clauses);
  const unfit = basis.map((each) => findTextProblem('basis', each, { max: 200 })).find(Boolean);
  if (unfit || basis.length > 20) return refuse('EXEMPTION_MALFORMED', unfit ?? say('exemption.basis'));
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<AggregationResult>> => {
    const [resource] = await findPublishedResources(em, [code]);
    if (!resource) return { result: refuse('RESOURCE_UNKNOWN', say('resource.unknown', { code: code.slice(0, 64) })) };
    if (resource.provider !== department)
      return { result: refuse('OTHER_DEPARTMENT', say('resource.other', { code }), ['HZ-5.3a']) };
    const open = await em.findOne(AggregationExemption, { code, state: { $in: ['STATED', 'ACKNOWLEDGED'] } }, FRESH);
    if (open) return { result: refuse('EXEMPTION_KNOWN', say('exemption.known', { code, id: open.id })) };
    const id = await nextNumber(em, 'aggregation_exemption_number', 'AE');
    await em.insert(AggregationExemption, {
      ...{ id, code, provider: department, reason: cleanText(reason), basis: basis.map(cleanText) },
      ...{ evidence: cleanText(evidence), evidenceHash, state: 'STATED', clauses: [...clauses] },
      ...{ statedAt: new Date(own.now()), statedBy: person },
    });
    const exemption = await em.findOneOrFail(AggregationExemption, { id }, FRESH);
    return {
      result: { exemption },
      decision: {
        act: 'STATE_EXEMPTION',
        object: `aggregation-exemption/${id}`,
        concerns: [department],
        basis: [...clauses, ...exemption.basis],
        reason: exemption.reason,
        terms: { code, evidence: exemption.evidence, evidenceHash },
      },
    };
  });
}

export interface ExemptionDecision {
  readonly id: string;
  readonly reason: string;
  readonly act: 'ACKNOWLEDGE_EXEMPTION' | 'REFUSE_EXEMPTION' | 'END_EXEMPTION';
}
const STATES = {
  ACKNOWLEDGE_EXEMPTION: 'ACKNOWLEDGED',
  REFUSE_EXEMPTION: 'REFUSED',
  END_EXEMPTION: 'ENDED',
} as const;

/** Acknowledges or refuses a statement, as the authority; or ends one, as its provider or the authority. @source QZ-2.3b */
export async function decideExemption(
  { em, fetch, own }: GovernanceContext,
  { id, reason, act }: ExemptionDecision,
): Promise<AggregationResult> {
  const { person, department, roles = [] } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person'));
  const problem = findTextProblem('reason', reason);
  if (problem) return refuse('EXEMPTION_MALFORMED', problem);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<AggregationResult>> => {
    const found = await em.findOne(AggregationExemption, { id }, FRESH);
    if (!found) return { result: refuse('EXEMPTION_UNKNOWN', say('exemption.unknown', { id: id.slice(0, 64) })) };
    if (found.provider !== department && !roles.includes('authority'))
      return { result: refuse('OTHER_DEPARTMENT', say('exemption.other', { id }), ['HZ-5.3a']) };
    const isOpen = found.state === 'STATED' || (act === 'END_EXEMPTION' && found.state === 'ACKNOWLEDGED');
    if (!isOpen) return { result: refuse('FINAL', say('exemption.decided', { id })) };
    if (act !== 'END_EXEMPTION' && found.statedBy === person)
      return { result: refuse('SAME_PERSON', say('samePerson')) };
    await em.nativeUpdate(
      AggregationExemption,
      { id },
      { state: STATES[act], decidedAt: new Date(own.now()), decidedBy: person, decisionReason: cleanText(reason) },
    );
    const exemption = await em.findOneOrFail(AggregationExemption, { id }, FRESH);
    return {
      result: { exemption },
      decision: {
        act,
        object: `aggregation-exemption/${id}`,
        concerns: [found.provider],
        basis: found.clauses,
        reason: exemption.decisionReason,
        terms: { code: found.code },
      },
    };
  });
}

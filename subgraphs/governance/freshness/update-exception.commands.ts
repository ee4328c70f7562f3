import type { EntityManager } from '@mikro-orm/postgresql';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
} from '../core/index.js';
import { findPublishedResources, type UpdateCycle } from '../catalogue/index.js';
import type { UpdateExceptionKind } from './freshness-enums.js';
import { say } from './messages/index.js';
import { recomputeFreshness } from './recompute-freshness.js';
import { type FreshnessResult, UpdateException } from './update-exception.entity.js';

export interface ExceptionProposal {
  readonly code: string;
  readonly kind: UpdateExceptionKind;
  readonly cycle?: UpdateCycle | null | undefined;
  readonly reason: string;
}

const FRESH = { disableIdentityMap: true } as const;

/** Proposes that a resource of the caller's be less fresh than the law asks of others. It is in force at once where the law
 *  only wants it filed, and after the authority's approval where the law wants that.
 *  @source HZ-7.4d, QZ-4.3e, QZ-4.3f */
export async function proposeException(
  { em, fetch, own }: GovernanceContext,
  { code, kind, cycle, reason }: ExceptionProposal,
): Promise<FreshnessResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('exception.person'));
  const problem = findTextProblem('reason', reason);
  if (problem) return refuse('UPDATE_MALFORMED', problem);
  const law = own.profile.updates?.exception;
  const provided = kind === 'WINDOW' ? law?.window : (law?.filedWith ?? law?.interval);
  if (!law || !provided)
    return refuse('EXCEPTION_UNFIT', say(kind === 'WINDOW' ? 'exception.noWindow' : 'exception.noInterval'));
  if ((kind === 'INTERVAL') !== (cycle != null) || cycle === 'REALTIME')
    return refuse('UPDATE_MALFORMED', say('exception.cycle'));
  const clauses = [...new Set([...(kind === 'WINDOW' ? (law.approvedBy?.clauses ?? []) : []), ...provided.clauses])];
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<FreshnessResult>> => {
    const [resource] = await findPublishedResources(em, [code]);
    if (!resource) return { result: refuse('RESOURCE_UNKNOWN', say('resource.unknown', { code: code.slice(0, 64) })) };
    if (resource.provider !== department)
      return { result: refuse('OTHER_DEPARTMENT', say('resource.other', { code }), ['HZ-5.3a']) };
    const open = await em.findOne(UpdateException, { code, state: { $in: ['PROPOSED', 'IN_FORCE'] } }, FRESH);
    if (open) return { result: refuse('EXCEPTION_KNOWN', say('exception.known', { code, id: open.id })) };
    const needsApproval = kind === 'WINDOW' && law.approvedBy !== undefined;
    const id = await nextNumber(em, 'update_exception_number', 'UE');
    await em.insert(UpdateException, {
      ...{ id, code, provider: department, kind, cycle: cycle ?? null, reason: cleanText(reason), clauses },
      state: needsApproval ? 'PROPOSED' : 'IN_FORCE',
      proposedAt: new Date(own.now()),
      proposedBy: person,
    });
    return record(em, own, id, needsApproval ? 'PROPOSE_UPDATE_EXCEPTION' : 'FILE_UPDATE_EXCEPTION');
  });
}

/** Approves or refuses what was proposed. @source HZ-7.4d */
export async function decideException(
  { em, fetch, own }: GovernanceContext,
  { id, approve, reason }: { readonly id: string; readonly approve: boolean; readonly reason: string },
): Promise<FreshnessResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('exception.person'));
  const problem = findTextProblem('reason', reason);
  if (problem) return refuse('UPDATE_MALFORMED', problem);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<FreshnessResult>> => {
    const found = await em.findOne(UpdateException, { id }, FRESH);
    if (!found) return { result: refuse('EXCEPTION_UNKNOWN', say('exception.unknown', { id: id.slice(0, 64) })) };
    if (found.state !== 'PROPOSED') return { result: refuse('FINAL', say('exception.decided', { id })) };
    if (found.proposedBy === person) return { result: refuse('SAME_PERSON', say('exception.samePerson')) };
    await em.nativeUpdate(
      UpdateException,
      { id },
      {
        state: approve ? 'IN_FORCE' : 'REFUSED',
        ...{ decidedAt: new Date(own.now()), decidedBy: person, decisionReason: cleanText(reason) },
      },
    );
    return record(em, own, id, approve ? 'APPROVE_UPDATE_EXCEPTION' : 'REFUSE_UPDATE_EXCEPTION');
  });
}

/** Ends an exception, or takes a proposal back. */
export async function endException(
  { em, fetch, own }: GovernanceContext,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<FreshnessResult> {
  const { person, department, roles = [] } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('exception.person'));
  const problem = findTextProblem('reason', reason);
  if (problem) return refuse('UPDATE_MALFORMED', problem);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<FreshnessResult>> => {
    const found = await em.findOne(UpdateException, { id }, FRESH);
    if (!found) return { result: refuse('EXCEPTION_UNKNOWN', say('exception.unknown', { id: id.slice(0, 64) })) };
    if (found.provider !== department && !roles.includes('authority'))
      return { result: refuse('OTHER_DEPARTMENT', say('exception.other', { id }), ['HZ-5.3a']) };
    if (found.state !== 'PROPOSED' && found.state !== 'IN_FORCE')
      return { result: refuse('FINAL', say('exception.decided', { id })) };
    await em.nativeUpdate(
      UpdateException,
      { id },
      { state: 'ENDED', decidedAt: new Date(own.now()), decidedBy: person, decisionReason: cleanText(reason) },
    );
    return record(em, own, id, 'END_UPDATE_EXCEPTION');
  });
}

type ExceptionAct =
  | 'PROPOSE_UPDATE_EXCEPTION'
  | 'FILE_UPDATE_EXCEPTION'
  | 'APPROVE_UPDATE_EXCEPTION'
  | 'REFUSE_UPDATE_EXCEPTION'
  | 'END_UPDATE_EXCEPTION';

async function record(
  em: EntityManager,
  { profile, calendar, now }: GovernanceContext['own'],
  id: string,
  act: ExceptionAct,
): Promise<Recorded<FreshnessResult>> {
  const exception = await em.findOneOrFail(UpdateException, { id }, FRESH);
  const { code, provider, kind, cycle, clauses, reason, decisionReason } = exception;
  await recomputeFreshness(em, { profile, calendar, now: now() }, [code]);
  return {
    result: { exception },
    decision: {
      act,
      object: `update-exception/${id}`,
      concerns: [provider],
      basis: clauses,
      reason: decisionReason ?? reason,
      terms: { code, kind, cycle: cycle ?? null },
    },
  };
}

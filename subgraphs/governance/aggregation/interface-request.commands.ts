import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../shared/evidence/index.js';
import { dueDate } from '../../../shared/law/index.js';
import {
  cleanText,
  findTextProblem,
  type GovernanceContext,
  nextNumber,
  type Recorded,
  refuse,
} from '../core/index.js';
import { findPublishedResources } from '../catalogue/index.js';
import { findDepartments } from '../register/index.js';
import type { AggregationResult } from './aggregation.types.js';
import { InterfaceRequest } from './interface-request.entity.js';
import { say } from './messages/index.js';

const FRESH = { disableIdentityMap: true } as const;

/** Asks a provider for a further interface. @source QZ-2.3c, QZ-2.3f */
export async function requestInterface(
  { em, fetch, own }: GovernanceContext,
  { provider, need }: { readonly provider: string; readonly need: string },
): Promise<AggregationResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person'));
  const law = own.profile.exchange?.extraInterfaces;
  if (!law?.workingDays) return refuse('PROCEDURE_UNKNOWN', say('request.noLaw'));
  const problem = findTextProblem('need', need, { lines: true });
  if (problem) return refuse('INTERFACE_MALFORMED', problem);
  const { value: workingDays, clauses } = law.workingDays;
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<AggregationResult>> => {
    const [department] = await findDepartments(em, { codes: [provider], role: 'provider' });
    if (!department)
      return { result: refuse('DEPARTMENT_UNKNOWN', say('request.noProvider', { provider: provider.slice(0, 64) })) };
    const start = own.now();
    const due = dueDate(own.calendar, { start, workingDays, timeZone: own.profile.timeZone });
    const id = await nextNumber(em, 'interface_request_number', 'IR');
    await em.insert(InterfaceRequest, {
      ...{ id, provider, need: cleanText(need), state: 'OPEN', clauses: [...clauses], workingDays },
      ...{ requestedAt: new Date(start), requestedBy: person },
      ...{ due: due.date, dueAt: new Date(due.instant), provisional: due.provisional },
    });
    return record(em, id, 'REQUEST_INTERFACE');
  });
}

/** Asks for more time to supply an interface, in writing and before the day is over. @source QZ-2.3g, QZ-2.3h */
export function askExtension(
  context: GovernanceContext,
  { id, days, reason }: { readonly id: string; readonly days: number; readonly reason: string },
): Promise<AggregationResult> {
  return onOpenRequest(context, id, reason, async (em, found, person) => {
    const { fetch, own } = context;
    if (found.provider !== fetch.department) return refuse('OTHER_DEPARTMENT', say('request.other', { id }));
    const law = own.profile.exchange?.extraInterfaces?.extension;
    const most = law?.workingDays.value ?? 0;
    const clauses = law?.workingDays.clauses ?? [];
    if (!Number.isInteger(days) || days < 1 || days > most)
      return refuse('EXTENSION_TOO_LONG', say('extension.most', { most }), clauses);
    if (found.extension != null || found.dueAt.getTime() <= own.now())
      return refuse('EXTENSION_CLOSED', say('extension.closed'), clauses);
    await em.nativeUpdate(
      InterfaceRequest,
      { id },
      { extension: 'ASKED', extensionDays: days, extensionReason: cleanText(reason), extensionBy: person },
    );
    return 'ASK_INTERFACE_EXTENSION';
  });
}

/** Approves or refuses more time; only an approval moves the day. @source QZ-2.3h */
export function decideExtension(
  context: GovernanceContext,
  { id, approve, reason }: { readonly id: string; readonly approve: boolean; readonly reason: string },
): Promise<AggregationResult> {
  return onOpenRequest(context, id, reason, async (em, found, person) => {
    const { own } = context;
    if (found.extension !== 'ASKED') return refuse('OUT_OF_ORDER', say('extension.none'));
    if (found.extensionBy === person) return refuse('SAME_PERSON', say('samePerson'));
    const workingDays = found.workingDays + (approve ? (found.extensionDays ?? 0) : 0);
    const term = { start: found.requestedAt.getTime(), workingDays, timeZone: own.profile.timeZone };
    const due = dueDate(own.calendar, term);
    await em.nativeUpdate(
      InterfaceRequest,
      { id },
      {
        ...{ extension: approve ? 'APPROVED' : 'REFUSED', extensionDecision: cleanText(reason) },
        ...(approve && { workingDays, due: due.date, dueAt: new Date(due.instant), provisional: due.provisional }),
      },
    );
    return approve ? 'APPROVE_INTERFACE_EXTENSION' : 'REFUSE_INTERFACE_EXTENSION';
  });
}

/** Supplies an interface: the published resource of the provider that stands for it. @source QZ-2.3f */
export function supplyInterface(
  context: GovernanceContext,
  { id, code }: { readonly id: string; readonly code: string },
): Promise<AggregationResult> {
  return onOpenRequest(context, id, undefined, async (em, found) => {
    const { fetch, own } = context;
    if (found.provider !== fetch.department) return refuse('OTHER_DEPARTMENT', say('request.other', { id }));
    const [resource] = await findPublishedResources(em, [code]);
    if (!resource || resource.provider !== fetch.department || resource.typeName === null)
      return refuse('RESOURCE_UNKNOWN', say('request.notServed', { code: code.slice(0, 64) }));
    const endedAt = new Date(own.now());
    await em.nativeUpdate(InterfaceRequest, { id }, { state: 'SUPPLIED', suppliedAs: code, endedAt });
    return 'SUPPLY_INTERFACE';
  });
}

/** Takes a request back. */
export function endRequest(
  context: GovernanceContext,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<AggregationResult> {
  return onOpenRequest(context, id, reason, async (em) => {
    const endedAt = new Date(context.own.now());
    await em.nativeUpdate(InterfaceRequest, { id }, { state: 'ENDED', endReason: cleanText(reason), endedAt });
    return 'END_INTERFACE_REQUEST';
  });
}

type Step = (em: EntityManager, found: InterfaceRequest, person: string) => Promise<AuditAction | AggregationResult>;

/** Carries out a step on a request that is open, by a person and with a reason where the step has one. */
async function onOpenRequest(
  { em, fetch, own }: GovernanceContext,
  id: string,
  reason: string | undefined,
  step: Step,
): Promise<AggregationResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('person'));
  const problem = reason === undefined ? undefined : findTextProblem('reason', reason);
  if (problem) return refuse('INTERFACE_MALFORMED', problem);
  return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<AggregationResult>> => {
    const found = await em.findOne(InterfaceRequest, { id }, FRESH);
    if (!found) return { result: refuse('INTERFACE_UNKNOWN', say('request.unknown', { id: id.slice(0, 64) })) };
    if (found.state !== 'OPEN') return { result: refuse('FINAL', say('request.ended', { id })) };
    const done = await step(em, found, person);
    return typeof done === 'string' ? record(em, id, done, reason) : { result: done };
  });
}

async function record(
  em: EntityManager,
  id: string,
  act: AuditAction,
  reason?: string,
): Promise<Recorded<AggregationResult>> {
  const request = await em.findOneOrFail(InterfaceRequest, { id }, FRESH);
  const { provider, clauses, due, provisional, suppliedAs, extensionDays } = request;
  return {
    result: { request },
    decision: {
      act,
      object: `interface-request/${id}`,
      concerns: [provider],
      basis: clauses,
      reason: reason === undefined ? undefined : cleanText(reason),
      terms: { dueOn: due, provisional, suppliedAs: suppliedAs ?? null, extensionDays: extensionDays ?? null },
    },
  };
}

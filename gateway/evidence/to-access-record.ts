import type { AccessRecord, Outcome as AccessOutcome } from '../../shared/evidence/index.js';
import type { SubjectHasher } from '../../shared/evidence/keys/index.js';
import { scenarioKey } from '../../shared/read-model/read-model.js';
import type { HubError } from '../../shared/kernel/index.js';
import type { RequestContext } from '../request/request-context.js';
import type { RequestOutcome } from '../request/request-outcome.js';
import { digestDisputes, type DigestValue } from './digest-disputes.js';
import type { HttpRejection } from '../http/http-rejections.js';
import { NO_ITEMS, type Answer, type FetchTrace } from '../request/answer.js';
import type { Operation } from '../request/operation.js';
import type { Verdict } from '../request/verdict.js';

/** The access record of a request that has ended.
 *  @param hasher  hashes the identifiers of subjects; without it the record names none
 *  @param digest  makes the digests of values under correction */
export function toAccessRecord(
  context: RequestContext,
  outcome: RequestOutcome,
  hasher: SubjectHasher | undefined,
  digest?: DigestValue,
): AccessRecord {
  const { caller, scenario, activeGraph, decision } = context;
  const { operation, answer, error } = outcome;
  const subjects = hasher ? (answer?.subjects ?? []) : [];
  const { released, masked, absent, unavailable, refused } = answer?.items ?? NO_ITEMS;
  const verdict = decision?.verdict;
  const consents = verdict?.consents ?? [];
  const denied = operation && verdict && verdict.reasons.size > 0 ? listDenied(operation, verdict) : [];
  const system = caller && decision?.snapshot.systems.get(caller.system);
  const isNamedByHash =
    outcome.parameters.persisted !== undefined ||
    error?.code === 'OPERATION_NOT_TRUSTED' ||
    system?.documentsOnly === true ||
    (system?.documents?.size ?? 0) > 0;
  // A text that is registered is known, and holds no claim of a caller.
  const holdsClaims =
    operation !== undefined &&
    operation.recordedId !== operation.id &&
    system?.documents?.has(operation.textHash) !== true;
  const isIntrospection = operation?.introspectionOnly === true;
  const registered =
    caller && scenario !== undefined
      ? decision?.snapshot.scenarios.get(scenarioKey(caller.department, scenario))
      : undefined;
  return {
    kind: 'access',
    time: new Date(context.receivedAt).toISOString(),
    requestId: context.requestId,
    department: caller?.department,
    departmentName: caller && decision?.snapshot.departments.get(caller.department)?.name,
    system: caller?.system,
    person: caller?.person,
    // The schema is open to every department: looking at it is no use of a scenario.
    scenario: isIntrospection ? undefined : scenario,
    purpose: isIntrospection ? undefined : registered?.purpose,
    approvals: verdict ? listApprovals(verdict, answer ? context.countedUses?.() : undefined) : [],
    // A spread here would make every member behind it slow to add.
    consents:
      consents.length > 0
        ? consents.map(({ id, owner, item, decidedBy = [] }) => ({ consent: id, owner, item, decidedBy }))
        : undefined,
    operation: operation?.recordedId,
    operationName: operation?.name,
    document: isNamedByHash && !holdsClaims ? (operation?.textHash ?? outcome.parameters.persisted) : undefined,
    released,
    denied: refused.length > 0 ? [...denied, ...refused] : denied,
    internal: answer ? listInternal(answer) : [],
    comparedBy: answer?.fetches.some((fetch) => fetch.compared) ? 'HUB' : undefined,
    masked: unlessEmpty(masked),
    absent: unlessEmpty(absent),
    unavailable: unlessEmpty(unavailable),
    filtered: answer && verdict && unlessEmpty(verdict.throughArguments.QUERY),
    compared: answer && verdict && unlessEmpty(verdict.throughArguments.VERIFY),
    aggregated: answer && verdict && unlessEmpty(verdict.throughArguments.STATISTICS),
    sent: answer && listSent(answer.fetches),
    masks: verdict?.limits.masks,
    scopes: verdict?.limits.scopes,
    rowScopes: verdict?.limits.rows,
    details: answer && verdict?.limits.details,
    disputes: answer?.disputed && digest && digestDisputes(answer.disputed, digest),
    subjects: subjects.map((subject) => hasher!.hash(subject)),
    subjectKey: subjects.length > 0 ? hasher!.id : undefined,
    subjectCount: answer?.subjectCount ?? 0,
    rows: answer?.rows ?? {},
    mode: verdict?.mode ?? 'QUERY',
    medium: 'ONLINE',
    outcome: error
      ? toAccessOutcome(error)
      : answer && answer.errors.length > 0
        ? 'partial'
        : isIntrospection
          ? 'introspected'
          : 'answered',
    code: error?.code,
    grantVersion: decision?.snapshot.version,
    graphVersion: activeGraph.graph.version,
    milliseconds: Math.round(outcome.milliseconds * 1000) / 1000,
  };
}

/** The access record of a request that was rejected before its operation was read. */
export function toRejectionRecord({
  requestId,
  receivedAt,
  milliseconds,
  error,
  caller,
  repeated,
}: HttpRejection): AccessRecord {
  return {
    kind: 'access',
    time: new Date(receivedAt).toISOString(),
    requestId,
    department: caller?.department,
    system: caller?.system,
    person: caller?.person,
    approvals: [],
    released: [],
    denied: [],
    internal: [],
    subjects: [],
    subjectCount: 0,
    rows: {},
    mode: 'QUERY',
    medium: 'ONLINE',
    outcome: toAccessOutcome(error),
    code: error.code,
    repeated,
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  };
}

/** @param uses  uses that the answer takes of daily quotas, by grant id */
const listApprovals = ({ grants }: Verdict, uses: ReadonlyMap<string, number> | undefined): AccessRecord['approvals'] =>
  grants.map(({ id, approver, basis }) => {
    const counted = uses?.get(id) ?? 0;
    return { grant: id, approver, basis, ...(counted > 0 && { uses: counted }) };
  });

const toAccessOutcome = ({ status }: HubError): AccessOutcome => (status >= 500 ? 'failed' : 'refused');

/** The items that an operation was refused, each with the item that its refusal names: the one it would have been filtered
 *  by or computed from. A verdict belongs to one operation and is mostly cached, so they are listed once. */
function listDenied(operation: Operation, verdict: Verdict): AccessRecord['denied'] {
  let denied = deniedItems.get(verdict);
  if (!denied) {
    const items = new Map<string, AccessRecord['denied'][number]>();
    for (const [site, { code, item }] of verdict.reasons)
      for (const coordinate of [operation.sites[site]!.coordinate, item.coordinate])
        items.set(`${coordinate} ${code}`, { coordinate, code });
    deniedItems.set(verdict, (denied = [...items.values()]));
  }
  return denied;
}
const deniedItems = new WeakMap<Verdict, AccessRecord['denied']>();

/** Items that were read and did not leave: for the plan, and to be compared inside the hub. */
function listInternal({ internal, fetches, items }: Answer): AccessRecord['internal'] {
  const compared = fetches.flatMap((fetch) => fetch.compared ?? []);
  if (compared.length === 0) return internal;
  const given = new Set([...items.released, ...items.masked]);
  return [...new Set([...internal, ...compared])].filter((item) => !given.has(item)).sort();
}

/** Items that each subgraph was sent. */
function listSent(fetches: readonly FetchTrace[]): AccessRecord['sent'] {
  let sent: Record<string, readonly string[]> | undefined;
  for (const { subgraph, sent: items } of fetches) {
    if (!items || items.length === 0) continue;
    sent ??= {};
    const known = sent[subgraph];
    sent[subgraph] = known === undefined || known === items ? items : [...new Set([...known, ...items])];
  }
  return sent;
}

/** Lists without entries are left out of a record. */
const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

import type { AccessRecord, Outcome as AccessOutcome } from '../../shared/evidence/index.js';
import type { SubjectHasher } from '../../shared/evidence/keys/index.js';
import { scenarioKey } from '../../shared/read-model/read-model.js';
import type { HubError } from '../../shared/kernel/index.js';
import type { RequestContext } from '../request/request-context.js';
import type { RequestOutcome } from '../request/request-outcome.js';
import type { HttpRejection } from '../http/http-rejections.js';
import type { Operation } from '../request/operation.js';
import type { Verdict } from '../request/verdict.js';

/** The access record of a request that has ended.
 *  @param hasher  hashes the identifiers of subjects; without it the record names none */
export function toAccessRecord(
  context: RequestContext,
  outcome: RequestOutcome,
  hasher: SubjectHasher | undefined,
): AccessRecord {
  const { caller, scenario, activeGraph, decision } = context;
  const { operation, answer, error } = outcome;
  const consents = decision?.verdict.consents ?? [];
  const subjects = hasher ? (answer?.subjects ?? []) : [];
  const items = operation && decision ? listItems(operation, decision.verdict) : NO_ITEMS;
  const registered =
    caller && scenario !== undefined
      ? decision?.snapshot.scenarios.get(scenarioKey(caller.department, scenario))
      : undefined;
  return {
    kind: 'access',
    time: new Date(context.receivedAt).toISOString(),
    requestId: context.requestId,
    department: caller?.department,
    system: caller?.system,
    person: caller?.person,
    scenario,
    purpose: registered?.purpose,
    approvals: decision?.verdict.grants.map(({ id, approver, basis }) => ({ grant: id, approver, basis })) ?? [],
    ...(consents.length > 0 && {
      consents: consents.map(({ id, decidedBy = [] }) => ({ consent: id, decidedBy })),
    }),
    operation: operation?.id,
    operationName: operation?.name,
    released: answer ? items.released : [],
    denied: items.denied,
    internal: answer?.internal ?? [],
    subjects: subjects.map((subject) => hasher!.hash(subject)),
    subjectKey: subjects.length > 0 ? hasher!.id : undefined,
    subjectCount: answer?.subjectCount ?? 0,
    rows: answer?.rows ?? {},
    mode: 'QUERY',
    medium: 'ONLINE',
    outcome: error ? toAccessOutcome(error) : answer && answer.errors.length > 0 ? 'partial' : 'answered',
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

const toAccessOutcome = ({ status }: HubError): AccessOutcome => (status >= 500 ? 'failed' : 'refused');

export interface ListedItems {
  readonly released: readonly string[];
  readonly denied: AccessRecord['denied'];
  /** Number of denied items by code. */
  readonly refused: ReadonlyMap<string, number>;
}
const NO_ITEMS: ListedItems = { released: [], denied: [], refused: new Map() };
/** A verdict belongs to one operation and is cached, so its items are listed once. */
const listedItems = new WeakMap<Verdict, ListedItems>();

/** Lists the items that an operation is given and refused. */
export function listItems(operation: Operation, verdict: Verdict): ListedItems {
  let items = listedItems.get(verdict);
  if (!items) {
    const released = new Set<string>();
    for (const site of operation.sites) if (!verdict.closed.has(site.index)) released.add(site.coordinate);
    const denied = [...verdict.reasons].map(([site, { code }]) => ({
      coordinate: operation.sites[site]!.coordinate,
      code,
    }));
    const refused = new Map<string, number>();
    for (const { code } of denied) refused.set(code, (refused.get(code) ?? 0) + 1);
    listedItems.set(verdict, (items = { released: [...released], denied, refused }));
  }
  return items;
}

import type { AccessRecord, Outcome as RecordedOutcome } from '../shared/evidence/access-record.js';
import type { SubjectHasher } from '../shared/evidence/subject-keys.js';
import { scenarioKey, type GovernanceSnapshot } from '../shared/read-model/read-model.js';
import type { HubError } from '../shared/kernel/index.js';
import type { Exchange, Outcome } from './http/exchange.js';
import type { WireRefusal } from './http/wire-refusals.js';
import type { Operation } from './operation/operation.js';
import type { Verdict } from './permission/verdict.js';

/** What was decided of an exchange, for its record. */
export interface Decided {
  readonly verdict: Verdict;
  readonly snapshot: GovernanceSnapshot;
}

/** The access record of an exchange that has come to its end.
 *  @param hasher  names the subjects */
export function recordOf(
  exchange: Exchange,
  outcome: Outcome,
  decided: Decided | undefined,
  hasher: SubjectHasher | undefined,
): AccessRecord {
  const { caller, scenario, serving } = exchange;
  const { operation, answer, error } = outcome;
  const subjects = hasher ? (answer?.subjects ?? []) : [];
  const named = operation && decided ? itemsOf(operation, decided.verdict) : NOTHING;
  const registered =
    caller && scenario !== undefined
      ? decided?.snapshot.scenarios.get(scenarioKey(caller.department, scenario))
      : undefined;
  return {
    kind: 'access',
    time: new Date(exchange.receivedAt).toISOString(),
    requestId: exchange.requestId,
    department: caller?.department,
    system: caller?.system,
    person: caller?.person,
    scenario,
    purpose: registered?.purpose,
    approvals: decided?.verdict.grants.map(({ id, approver, basis }) => ({ grant: id, approver, basis })) ?? [],
    operation: operation?.id,
    operationName: operation?.name,
    released: answer ? named.released : [],
    denied: named.denied,
    internal: answer?.internal ?? [],
    subjects: subjects.map((subject) => hasher!.hash(subject)),
    subjectKey: subjects.length > 0 ? hasher!.id : undefined,
    subjectCount: answer?.subjectCount ?? 0,
    rows: answer?.rows ?? {},
    mode: 'QUERY',
    medium: 'ONLINE',
    outcome: error ? outcomeOf(error) : answer && answer.errors.length > 0 ? 'partial' : 'answered',
    code: error?.code,
    grantVersion: decided?.snapshot.version,
    graphVersion: serving.graph.version,
    milliseconds: Math.round(outcome.milliseconds * 1000) / 1000,
  };
}

/** The record of a request that the wire refused: nothing of it was read that a record could name. */
export function recordOfRefusal({
  requestId,
  receivedAt,
  milliseconds,
  error,
  caller,
  repeated,
}: WireRefusal): AccessRecord {
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
    outcome: outcomeOf(error),
    code: error.code,
    repeated,
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  };
}

const outcomeOf = ({ status }: HubError): RecordedOutcome => (status >= 500 ? 'failed' : 'refused');

interface Items {
  readonly released: readonly string[];
  readonly denied: AccessRecord['denied'];
  /** Number of denied items by code. */
  readonly refused: ReadonlyMap<string, number>;
}
const NOTHING: Items = { released: [], denied: [], refused: new Map() };
/** A verdict belongs to one operation and is kept, so its names are listed once. */
const known = new WeakMap<Verdict, Items>();

/** Items that an operation is given and refused. */
export function itemsOf(operation: Operation, verdict: Verdict): Items {
  let names = known.get(verdict);
  if (!names) {
    const released = new Set<string>();
    for (const site of operation.sites) if (!verdict.closed.has(site.index)) released.add(site.coordinate);
    const denied = [...verdict.reasons].map(([site, { code }]) => ({
      coordinate: operation.sites[site]!.coordinate,
      code,
    }));
    const refused = new Map<string, number>();
    for (const { code } of denied) refused.set(code, (refused.get(code) ?? 0) + 1);
    known.set(verdict, (names = { released: [...released], denied, refused }));
  }
  return names;
}

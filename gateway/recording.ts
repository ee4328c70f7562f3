import type { AccessRecord, Outcome as RecordedOutcome } from '../shared/evidence/access-record.js';
import { scenarioKey, type GovernanceSnapshot } from '../shared/read-model/read-model.js';
import type { Exchange, Outcome } from './http/exchange.js';
import type { Operation } from './operation/operation.js';
import type { Verdict } from './permission/verdict.js';

/** What was decided of an exchange, for its record. */
export interface Decided {
  readonly verdict: Verdict;
  readonly snapshot: GovernanceSnapshot;
}

/** The access record of an exchange that has come to its end. */
export function recordOf(
  exchange: Exchange,
  outcome: Outcome,
  decided: Decided | undefined,
  hashSubject: (subject: string) => string,
): AccessRecord {
  const { caller, scenario, serving } = exchange;
  const { operation, answer, error } = outcome;
  const named = operation && decided ? namesOf(operation, decided.verdict) : NOTHING;
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
    subjects: answer?.subjects.map(hashSubject) ?? [],
    subjectCount: answer?.subjectCount ?? 0,
    rows: answer?.rows ?? {},
    mode: 'QUERY',
    outcome: outcomeOf(outcome),
    code: error?.code,
    grantVersion: decided?.snapshot.version,
    graphVersion: serving.graph.version,
    milliseconds: Math.round(outcome.milliseconds * 1000) / 1000,
  };
}

function outcomeOf({ answer, error }: Outcome): RecordedOutcome {
  if (!error) return answer && answer.errors.length > 0 ? 'partial' : 'answered';
  return error.status >= 500 ? 'failed' : 'refused';
}

interface Names {
  readonly released: readonly string[];
  readonly denied: AccessRecord['denied'];
}
const NOTHING: Names = { released: [], denied: [] };
/** A verdict belongs to one operation and is kept, so its names are listed once. */
const known = new WeakMap<Verdict, Names>();

function namesOf(operation: Operation, verdict: Verdict): Names {
  let names = known.get(verdict);
  if (!names) {
    const released = new Set<string>();
    for (const site of operation.sites) if (!verdict.closed.has(site.index)) released.add(site.coordinate);
    const denied = [...verdict.reasons].map(([site, { code }]) => ({
      coordinate: operation.sites[site]!.coordinate,
      code,
    }));
    known.set(verdict, (names = { released: [...released], denied }));
  }
  return names;
}

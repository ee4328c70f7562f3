import { DEFAULT_LIMITS } from '../../../gateway/operation/limits.js';
import { prepareOperation } from '../../../gateway/operation/prepare-operation.js';
import type { PreparedOperation } from '../../../gateway/request/operation.js';
import { Decider } from '../../../gateway/permission/decider.js';
import { MemoryQuota } from '../../support/memory-quota.js';
import type { Verdict } from '../../../gateway/request/verdict.js';
import type { DecisionContext } from '../../../gateway/permission/decision-context.js';
import type { Coordinate, Grant } from '../../../shared/kernel/index.js';
import { scenarioKey, type GovernanceSnapshot } from '../../../shared/read-model/read-model.js';
import type { Catalogue } from './catalogue.js';

/** A Monday morning. */
export const NOW = Date.UTC(2026, 0, 5, 8);
export const DAY = 86_400_000;

let count = 0;
/** A live grant of the tax bureau under `audit`, except for what is said. */
export const grant = (coordinates: readonly string[], more: Partial<Grant> = {}): Grant => ({
  id: `grant-${++count}`,
  department: 'tax',
  scenario: 'audit',
  mode: 'QUERY',
  coordinates: coordinates as readonly Coordinate[],
  from: NOW - DAY,
  until: NOW + DAY,
  suspended: false,
  approver: 'Officer Li',
  basis: [],
  ...more,
});

const NO_CONSENTS: readonly never[] = [];
const NOBODY = new Map<string, never>();

export function snapshotOf(grants: readonly Grant[], version = 1): GovernanceSnapshot {
  const byScenario = new Map<string, Grant[]>();
  for (const one of grants) {
    const key = scenarioKey(one.department, one.scenario);
    byScenario.set(key, [...(byScenario.get(key) ?? []), one]);
  }
  return {
    version,
    departments: NOBODY,
    systems: NOBODY,
    officers: NOBODY,
    scenarios: NOBODY,
    grants: byScenario,
    publishers: NOBODY,
    consents: NO_CONSENTS,
  };
}

export interface DecisionRequest extends Partial<Omit<DecisionContext, 'snapshot' | 'variables'>> {
  readonly grants?: readonly Grant[];
  readonly snapshot?: GovernanceSnapshot;
  readonly variables?: Readonly<Record<string, unknown>>;
}
export interface Decided {
  /** Path → code of what is refused, without what lies under it. */
  readonly refused: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
  readonly messages: readonly string[];
}

/** Decides operations as the gateway does: prepared for the consumers' schema, variables coerced. */
export class TestDecider {
  readonly decider: Decider;
  /** Errors of share rules that threw. */
  readonly faults: { readonly error: unknown; readonly coordinate: string }[] = [];
  private readonly operations = new Map<string, PreparedOperation>();

  constructor(
    private readonly read: Catalogue,
    permissive = false,
    readonly quota = new MemoryQuota(),
  ) {
    this.decider = new Decider(read.index, this.quota, {
      permissive,
      timeZone: 'Asia/Shanghai',
      onFault: (error, coordinate) => this.faults.push({ error, coordinate }),
    });
  }

  prepare(query: string): PreparedOperation {
    let operation = this.operations.get(query);
    if (!operation)
      this.operations.set(query, (operation = prepareOperation(this.read.schema, query, undefined, DEFAULT_LIMITS)));
    return operation;
  }

  contextOf(query: string, { grants = [], snapshot, variables, ...more }: DecisionRequest = {}): DecisionContext {
    return {
      department: 'tax',
      scenario: 'audit',
      now: NOW,
      ...more,
      variables: Object.fromEntries(this.prepare(query).coerce(variables)),
      snapshot: snapshot ?? snapshotOf(grants),
    };
  }

  async ask(query: string, request: DecisionRequest = {}): Promise<Decided> {
    const operation = this.prepare(query);
    const verdict = await this.decider.decide(operation, this.contextOf(query, request));
    const refused = Object.fromEntries(
      [...verdict.reasons].map(([site, denial]) => [operation.sites[site]!.path.join('.'), denial.code]),
    );
    for (const { index, path } of operation.sites) {
      const bit = (verdict.denials[index >> 5]! & (1 << (index & 31))) !== 0;
      if (bit !== verdict.reasons.has(index)) throw new Error(`bit and reason of ${path.join('.')} differ`);
    }
    return { refused, verdict, messages: [...verdict.reasons.values()].map(({ message }) => message) };
  }
}

import { readConditions, type Operation } from '../request/operation.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';

/** Everything that the decision on one operation rests on, beside the operation itself. */
export interface DecisionContext {
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** OpenID subject; absent when a system calls on its own behalf. */
  readonly person?: string | undefined;
  /** Coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly snapshot: GovernanceSnapshot;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `look` decides without counting towards daily quotas (explain); `taken` decides again on an operation that has been
   *  counted, so that it cannot find them used up by itself. Default: quotas are looked at and counted. */
  readonly quota?: 'look' | 'taken';
}

/** The condition variables of an operation that are true, as bits. */
export const conditionsUnder = (operation: Operation, { variables }: DecisionContext): number =>
  readConditions(operation, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));

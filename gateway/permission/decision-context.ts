import type { GrantMode, Language } from '../../shared/kernel/index.js';
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
  /** Modes in which a department may apply for what is not shared. */
  readonly notSharedModes?: readonly GrantMode[] | undefined;
  /** Language of refusals; English where absent. */
  readonly language?: Language | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Uses of the day by grant id, where they were looked at before: an operation is decided again on what was left when it
   *  began, since it may have used up the rest itself. */
  readonly used?: ReadonlyMap<string, number> | undefined;
}

/** The condition variables of an operation that are true, as bits. */
export const conditionsUnder = (operation: Operation, { variables }: DecisionContext): number =>
  readConditions(operation, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));

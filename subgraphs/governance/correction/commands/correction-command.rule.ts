import type { Role, Text } from '../../../../shared/kernel/index.js';
import type { RefusalCode } from '../../core/index.js';
import type { CorrectionProcess } from '../correction-process.rule.js';
import type { CasePart, CorrectionState, Verdict } from '../correction-state.rule.js';

/** Everything that a person can do to a correction. */
export type CorrectionCommand =
  | { readonly type: 'FEED_BACK'; readonly finding: MismatchFinding; readonly reason: string }
  | { readonly type: 'WITHDRAW'; readonly reason: string }
  | { readonly type: 'DISPATCH'; readonly analysis: string }
  | { readonly type: 'ACCEPT' }
  | ({ readonly type: 'DECIDE' } & Judgement)
  | { readonly type: 'OBJECT'; readonly reason: string }
  | ({ readonly type: 'COORDINATE'; readonly reference: string } & Judgement)
  | { readonly type: 'CLOSE' };
export type CommandType = CorrectionCommand['type'];

/** Result of looking at one's own record after a check found a difference. */
export type MismatchFinding = 'OWN_WRONG' | 'OWN_RIGHT';

interface Judgement {
  readonly verdict: Verdict;
  /** Items that are corrected; all of them where absent. */
  readonly items?: readonly string[] | undefined;
  readonly reason: string;
}

/** The caller of a command. */
export interface Actor {
  readonly department: string;
  /** Person, or the system where nobody is signed in. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Every account of the person, `id` too. */
  readonly accounts: readonly string[];
}

/** Facts about a correction that its state does not hold. */
export interface CorrectionContext {
  readonly process: CorrectionProcess;
  /** Department that reported. */
  readonly reporter: string;
  readonly provider: string;
  readonly items: readonly string[];
  /** Authorities responsible for the case, by their codes. */
  readonly authorities: readonly string[];
  /** ms since the epoch. */
  readonly now: number;
}

export interface Rejected {
  readonly refused: {
    readonly code: RefusalCode;
    readonly message: Text;
    readonly clauses: readonly string[];
  };
}
export type CommandOutcome = { readonly state: CorrectionState } | Rejected;

/** The rule of one command: the side on which it is given, and its effect. */
export interface CommandRule<Type extends CommandType> {
  readonly as: CasePart;
  /** @returns the new state of the correction, or the reason why nothing changed */
  readonly apply: (
    state: CorrectionState,
    context: CorrectionContext,
    command: Extract<CorrectionCommand, { readonly type: Type }>,
  ) => CommandOutcome;
}

/** Refuses a command. */
export const reject = (code: RefusalCode, message: Text, clauses: readonly string[] = []): Rejected => ({
  refused: { code, message, clauses },
});

export const isBlank = (text: string): boolean => text.trim() === '';

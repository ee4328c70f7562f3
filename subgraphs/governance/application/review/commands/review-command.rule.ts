import type { Role, Text } from '../../../../../shared/kernel/index.js';
import type { RefusalCode } from '../../../core/index.js';
import type { Narrowing, Terms } from '../../draft/terms.rule.js';
import type { ReviewProcess } from '../review-process.js';
import type { CitedBasis, ReviewState } from '../review-state.rule.js';

/** Everything that can be done to a provider's review. */
export type ReviewCommand =
  | {
      readonly type: 'AGREE';
      readonly as: Role;
      readonly narrowing?: Narrowing | undefined;
      readonly reason?: string | undefined;
      /** The finding that the duty needs the data (HZ-8.5b). */
      readonly dutyNeed?: boolean | undefined;
    }
  | {
      readonly type: 'REFUSE';
      readonly as: Role;
      readonly reason: string;
      readonly bases?: readonly CitedBasis[] | undefined;
    }
  | { readonly type: 'ASK_CHANGES'; readonly as: Role; readonly reason: string }
  | { readonly type: 'RESUBMIT'; readonly asked: Terms }
  | { readonly type: 'WITHDRAW'; readonly reason?: string | undefined }
  | { readonly type: 'EXTEND'; readonly as: Role; readonly workingDays: number; readonly reason: string }
  | { readonly type: 'CONSENT_TO_EXTENSION'; readonly agreed: boolean; readonly reason?: string | undefined }
  | { readonly type: 'OBJECT'; readonly reason: string }
  | {
      readonly type: 'NEGOTIATE';
      readonly record: string;
      readonly outcome: 'OPEN' | 'AGREED' | 'FAILED';
      readonly narrowing?: Narrowing | undefined;
    }
  | {
      readonly type: 'COORDINATE';
      readonly reference: string;
      readonly narrowing?: Narrowing | undefined;
      readonly reason?: string | undefined;
    }
  | {
      readonly type: 'COORDINATE_REFUSAL';
      readonly reason: string;
      readonly bases?: readonly CitedBasis[] | undefined;
    }
  | { readonly type: 'FULFIL'; readonly terms: Terms }
  | { readonly type: 'ESCALATE' };
export type CommandType = ReviewCommand['type'];

/** The caller of a command. */
export interface Actor {
  readonly department: string;
  /** Person, or the system where nobody is signed in. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Every account of the person, `id` too; `id` alone where absent. */
  readonly accounts?: readonly string[];
  /** Holds the post of head of the department. */
  readonly isHead?: boolean;
}

/** Facts about a review that its state does not hold. */
export interface ReviewContext {
  readonly process: ReviewProcess;
  readonly applicant: {
    readonly department: string;
    /** The person who began the application, or the system. */
    readonly id: string;
    /** Everybody who has acted for the department in the case. */
    readonly persons?: readonly string[];
  };
  readonly provider: string;
  /** Authorities responsible for the case, of which one decides where an authority has to, by their codes. */
  readonly authorities: readonly string[];
  /** Authorities of which one settles the case where that takes a higher one, by their codes. */
  readonly higherAuthorities?: readonly string[];
  /** ms since the epoch. */
  readonly now: number;
  /** The due date has passed. */
  readonly late?: boolean;
}

/** The reason why a command is refused; the review stays as it was. */
export interface CommandRefusal {
  readonly code: RefusalCode;
  readonly message: Text;
  readonly clauses: readonly string[];
  readonly details?: readonly Text[];
}

export interface Rejected {
  readonly refused: CommandRefusal;
}
export type CommandOutcome = { readonly review: ReviewState } | Rejected;

/** The rule of one command.
 *  @returns the new state of the review, or the reason why nothing changed */
export type CommandRule<Type extends CommandType> = (
  review: ReviewState,
  context: ReviewContext,
  command: Extract<ReviewCommand, { readonly type: Type }>,
  actor: Actor,
) => CommandOutcome;

/** Refuses a command. */
export const reject = (
  code: RefusalCode,
  message: Text,
  clauses: readonly string[] = [],
  details?: readonly Text[],
): Rejected => ({ refused: { code, message, clauses, ...(details && { details }) } });

/** Reports whether something was done by the caller, through whichever of their accounts. */
export const isOwn = ({ id, accounts = [] }: Actor, by: string): boolean => by === id || accounts.includes(by);

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

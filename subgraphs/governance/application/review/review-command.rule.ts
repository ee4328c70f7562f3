import type { Role } from '../../../../shared/kernel/index.js';
import type { RefusalCode } from '../../core/index.js';
import { findConflictOfInterest } from '../../core/separation-of-duties.rule.js';
import type { Level } from '../../register/department/level.rule.js';
import type { ReviewProcess } from './review-process.rule.js';
import type { CitedBasis, ReviewState } from './review-state.rule.js';
import type { Narrowing, Terms } from '../draft/terms.rule.js';

/** What somebody does to a review. */
export type ReviewCommand =
  | (Agreement & { readonly type: 'AGREE'; readonly as: Role })
  | (Rejection & { readonly type: 'REFUSE'; readonly as: Role })
  | { readonly type: 'ASK_CHANGES'; readonly as: Role; readonly reason: string }
  | { readonly type: 'RESUBMIT'; readonly asked: Terms }
  | { readonly type: 'WITHDRAW'; readonly reason?: string | undefined }
  | { readonly type: 'EXTEND'; readonly as: Role; readonly workingDays: number; readonly reason: string }
  | { readonly type: 'CONSENT_TO_EXTENSION'; readonly agreed: boolean; readonly reason?: string | undefined }
  | { readonly type: 'OBJECT'; readonly reason: string }
  | (Agreement & {
      readonly type: 'NEGOTIATE';
      readonly record: string;
      readonly outcome: 'OPEN' | 'AGREED' | 'FAILED';
    })
  | (Agreement & { readonly type: 'COORDINATE'; readonly reference: string })
  | (Rejection & { readonly type: 'COORDINATE_REFUSAL' })
  | { readonly type: 'FULFIL'; readonly terms: Terms }
  | { readonly type: 'ESCALATE' };

interface Agreement {
  readonly narrowing?: Narrowing | undefined;
  readonly reason?: string | undefined;
  /** FormFinding whether the duty needs the data. */
  readonly dutyNeed?: boolean | undefined;
}
interface Rejection {
  readonly reason: string;
  readonly bases?: readonly CitedBasis[] | undefined;
}

/** Who acts. */
export interface Actor {
  readonly department: string;
  /** Person, or the system where nobody is signed in. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Holds the post of head of the department. */
  readonly isHead?: boolean;
  /** Level of the department; absent where none is registered. */
  readonly level?: Level | undefined;
}
/** What a review belongs to. */
export interface ReviewContext {
  readonly process: ReviewProcess;
  readonly applicant: { readonly department: string; readonly id: string };
  readonly provider: string;
  readonly providerLevel?: Level | undefined;
  /** ms since the epoch. */
  readonly now: number;
  /** The due date has passed. */
  readonly late?: boolean;
}

/** Why a command is refused; the review stays as it was. */
export interface CommandRefusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly clauses: readonly string[];
  readonly details?: readonly string[];
}

export type Outcome = { readonly review: ReviewState } | { readonly refused: CommandRefusal };

export const refuse = (
  code: RefusalCode,
  message: string,
  clauses: readonly string[] = [],
  details?: readonly string[],
): { readonly refused: CommandRefusal } => ({ refused: { code, message, clauses, ...(details && { details }) } });

/** Whether somebody may act in a role on this review. Nobody decides what his own department asked for.
 *  @returns the refusal; undefined when he may */
export function notEntitled(
  as: Role,
  actor: Actor,
  of: ReviewContext,
): { readonly refused: CommandRefusal } | undefined {
  if (findConflictOfInterest(of.applicant, { department: actor.department, person: actor.id }))
    return refuse('OWN_APPLICATION', 'Your own department asks for this, so another department decides it.');
  if (!actor.roles.includes(as)) return refuse('NOT_ENTITLED', `This is decided by the ${as}; you do not act as one.`);
  if (as === 'provider' && actor.department !== of.provider)
    return refuse('NOT_ENTITLED', `This is decided by ${of.provider}, whose data it is.`);
  return undefined;
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

import type { Role } from '../../../../shared/kernel/index.js';
import { findConflictOfInterest } from '../../core/separation-of-duties.rule.js';
import type { Level } from '../../register/department/level.rule.js';
import type { Process } from './process.rule.js';
import type { CitedBasis, Track } from './review-state.rule.js';
import type { Narrowing, Terms } from '../draft/terms.rule.js';

/** What somebody does to a track. */
export type Command =
  | (Agreement & { readonly do: 'AGREE'; readonly as: Role })
  | (Rejection & { readonly do: 'REFUSE'; readonly as: Role })
  | { readonly do: 'ASK_CHANGES'; readonly as: Role; readonly reason: string }
  | { readonly do: 'RESUBMIT'; readonly asked: Terms }
  | { readonly do: 'WITHDRAW'; readonly reason?: string | undefined }
  | { readonly do: 'EXTEND'; readonly as: Role; readonly workingDays: number; readonly reason: string }
  | { readonly do: 'CONSENT_TO_EXTENSION'; readonly agreed: boolean; readonly reason?: string | undefined }
  | { readonly do: 'OBJECT'; readonly reason: string }
  | (Agreement & { readonly do: 'NEGOTIATE'; readonly record: string; readonly outcome: 'OPEN' | 'AGREED' | 'FAILED' })
  | (Agreement & { readonly do: 'COORDINATE'; readonly reference: string })
  | (Rejection & { readonly do: 'COORDINATE_REFUSAL' })
  | { readonly do: 'FULFIL'; readonly terms: Terms }
  | { readonly do: 'ESCALATE' };

interface Agreement {
  readonly narrowing?: Narrowing | undefined;
  readonly reason?: string | undefined;
  /** Finding whether the duty needs the data. */
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
/** What a track belongs to. */
export interface Case {
  readonly process: Process;
  readonly applicant: { readonly department: string; readonly id: string };
  readonly provider: string;
  readonly providerLevel?: Level | undefined;
  /** ms since the epoch. */
  readonly now: number;
  /** The due date has passed. */
  readonly late?: boolean;
}

/** Why a command is refused; the track stays as it was. */
export interface Refused {
  readonly code: RefusalCode;
  readonly message: string;
  readonly clauses: readonly string[];
  readonly details?: readonly string[];
}
export type RefusalCode =
  | 'STALE_VERSION'
  | 'OUT_OF_ORDER'
  | 'NOT_ENTITLED'
  | 'OWN_APPLICATION'
  | 'SAME_PERSON'
  | 'ALREADY_DECIDED'
  | 'CONSENT_MISSING'
  | 'REASON_MISSING'
  | 'BASIS_MISSING'
  | 'SCOPE_NOT_FIXED'
  | 'DUTY_FINDING_MISSING'
  | 'TERMS_WIDER'
  | 'REFERENCE_MISSING'
  | 'RECORD_MISSING'
  | 'NEGOTIATION_MISSING'
  | 'HIGHER_AUTHORITY_DECIDES'
  | 'FINAL'
  | 'EXTENSION_CLOSED'
  | 'EXTENSION_TOO_LONG'
  | 'NOT_OVERDUE';

export type Outcome = { readonly track: Track } | { readonly refused: Refused };

export const refuse = (
  code: RefusalCode,
  message: string,
  clauses: readonly string[] = [],
  details?: readonly string[],
): { readonly refused: Refused } => ({ refused: { code, message, clauses, ...(details && { details }) } });

/** Whether somebody may act in a role on this track. Nobody decides what his own department asked for.
 *  @returns the refusal; undefined when he may */
export function notEntitled(as: Role, actor: Actor, of: Case): { readonly refused: Refused } | undefined {
  if (findConflictOfInterest(of.applicant, { department: actor.department, person: actor.id }))
    return refuse('OWN_APPLICATION', 'Your own department asks for this, so another department decides it.');
  if (!actor.roles.includes(as)) return refuse('NOT_ENTITLED', `This is decided by the ${as}; you do not act as one.`);
  if (as === 'provider' && actor.department !== of.provider)
    return refuse('NOT_ENTITLED', `This is decided by ${of.provider}, whose data it is.`);
  return undefined;
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

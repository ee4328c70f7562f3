import type { Role } from '../../../../shared/kernel/index.js';
import type { Basis, EscalationStep, ReviewProcess, ProcessStep } from './review-process.js';
import type { Terms } from '../draft/terms.rule.js';

export const REVIEW_STATUSES = [
  'REVIEW', // a step of the review is open
  'CHANGES_ASKED', // the applicant has it again
  'NEGOTIATION', // the two departments talk
  'COORDINATION', // a third body settles it
  'ENTRY_PENDING', // agreed; the data is being put into the catalogue
  'AGREED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** A provision that a refusal rests on. */
export interface CitedBasis {
  readonly kind: Basis;
  readonly provision: string;
}
/** One role's part of one step. */
export interface StepRole {
  readonly step: number;
  readonly as: Role;
}
export interface RoleDecision extends StepRole {
  readonly verdict: 'AGREE' | 'REFUSE';
  readonly department: string;
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly reason?: string | undefined;
  readonly bases?: readonly CitedBasis[] | undefined;
}
/** A command of a case, with the person who gave it and the part in which they did. */
export interface CaseAct {
  readonly by: string;
  readonly as: Role | 'applicant';
  /** Name of the command. */
  readonly type: string;
}
/** A coordination that one person of the authority has entered and another has still to confirm. */
export interface ProposedCoordination {
  readonly reference: string;
  readonly by: string;
  readonly terms: Terms;
}
export interface Extension {
  readonly workingDays: number;
  readonly reason: string;
  readonly state: 'ASKED' | 'GIVEN' | 'DENIED';
  readonly by: string;
}
export interface ReviewRefusal {
  readonly by: string;
  readonly reason: string;
  readonly bases: readonly CitedBasis[];
}

/** The state of one provider's review. It is a value: every change is a new one. Stored as JSON: a
 *  change of a name takes a migration. */
export interface ReviewState {
  readonly status: ReviewStatus;
  /** Grows with every change; a command names the version its caller last saw. */
  readonly version: number;
  /** Step of the review that is open; the number of steps when none is. */
  readonly step: number;
  readonly asked: Terms;
  /** Terms that the decisions so far have left of those asked for. */
  readonly terms: Terms;
  /** Decisions in force, at most one for each role of a step. */
  readonly decisions: readonly RoleDecision[];
  /** Position in the escalation that is under way; -1 before it. */
  readonly escalationIndex: number;
  /** Refusals that the applicant did not accept; every role where the process begins with negotiation. */
  readonly contested: readonly StepRole[];
  /** Roles whose refusal a coordination has set aside. */
  readonly overridden: readonly StepRole[];
  /** Number of negotiations on record. */
  readonly negotiations: number;
  readonly coordination?: {
    readonly reference: string;
    readonly by: string;
    readonly department: string;
    /** The second person of the authority, where one was needed. */
    readonly confirmedBy?: string;
  };
  readonly proposed?: ProposedCoordination;
  /** Everything that persons did in the case, also before it was submitted again or disputed. */
  readonly acts: readonly CaseAct[];
  readonly refusal?: ReviewRefusal;
  readonly extension?: Extension;
  /** Instant from which the answer's time is counted; absent where no clock runs. */
  readonly clock?: number;
  /** Instant at which the clock stopped. */
  readonly stopped?: number;
  /** Instant of the last change of status or step. */
  readonly since: number;
  /** Instant at which a late answer was escalated. */
  readonly escalated?: number;
}

/** Opens a review when its application is submitted.
 *  @param version  version that it begins with; more than 1 when it is submitted again */
export function openReview(process: ReviewProcess, asked: Terms, now: number, version = 1): ReviewState {
  const escalates = process.opens !== 'REVIEW';
  return {
    status: process.opens,
    version,
    step: 0,
    asked,
    terms: asked,
    decisions: [],
    escalationIndex: escalates ? 0 : -1,
    contested: escalates ? process.steps.flatMap(({ by }, step) => by.map((as) => ({ step, as }))) : [],
    overridden: [],
    negotiations: 0,
    acts: [],
    clock: now,
    since: now,
  };
}

/** Reports whether the applicant can still withdraw it. */
export const isOpen = ({ status }: ReviewState): boolean =>
  status === 'REVIEW' || status === 'CHANGES_ASKED' || status === 'NEGOTIATION' || status === 'COORDINATION';

/** Reports whether everybody has agreed; the data may still have to be put into the catalogue. */
export const isAgreed = ({ status }: ReviewState): boolean => status === 'AGREED' || status === 'ENTRY_PENDING';

/** The persons by whose word the data is given. */
export const listDeciders = ({ decisions, coordination }: ReviewState): ReadonlySet<string> =>
  new Set(
    [
      ...decisions.filter(({ verdict }) => verdict === 'AGREE').map(({ by }) => by),
      coordination?.by,
      coordination?.confirmedBy,
    ].filter((by) => by !== undefined),
  );

export const findOpenStep = (process: ReviewProcess, { status, step }: ReviewState): ProcessStep | undefined =>
  status === 'REVIEW' ? process.steps[step] : undefined;

export const findEscalationStep = (
  process: ReviewProcess,
  { escalationIndex }: ReviewState,
): EscalationStep | undefined => process.escalation[escalationIndex];

const includesRole = (roles: readonly StepRole[], step: number, as: Role): boolean =>
  roles.some((role) => role.step === step && role.as === as);

/** Roles of a step whose agreement is still missing. */
export function findMissingRoles(
  { steps }: ReviewProcess,
  { decisions, overridden }: ReviewState,
  step: number,
): Role[] {
  const agreed = decisions.filter(({ verdict }) => verdict === 'AGREE');
  return (steps[step]?.by ?? []).filter((as) => !includesRole([...agreed, ...overridden], step, as));
}

/** Parties that have to act next. */
export function findAwaitedParties(
  process: ReviewProcess,
  review: ReviewState,
): (Role | 'applicant' | 'higher-authority')[] {
  switch (review.status) {
    case 'REVIEW': {
      const { final } = process.steps[review.step] ?? {};
      const refused = review.decisions.filter(({ verdict }) => verdict === 'REFUSE');
      const awaited = findMissingRoles(process, review, review.step).filter(
        (as) => !includesRole(refused, review.step, as),
      );
      return final && !awaited.includes(final) ? [...awaited, final] : awaited;
    }
    case 'CHANGES_ASKED':
      return ['applicant'];
    case 'NEGOTIATION':
      return ['applicant', 'provider'];
    case 'COORDINATION':
      return [findEscalationStep(process, review)?.by ?? 'authority'];
    case 'ENTRY_PENDING':
      return ['provider'];
    default:
      return [];
  }
}

/** Puts a role's decision in place of its earlier one. */
export function recordDecision(review: ReviewState, decision: RoleDecision): ReviewState {
  const { step, as } = decision;
  const others = review.decisions.filter((other) => other.step !== step || other.as !== as);
  return { ...review, decisions: [...others, decision] };
}

/** Ends a review with a refusal. */
export const refuseReview = (review: ReviewState, refusal: ReviewRefusal, now: number): ReviewState => ({
  ...review,
  status: 'REFUSED',
  refusal,
  since: now,
  stopped: review.stopped ?? now,
});

/** Moves a review to the first step that lacks an agreement. Where none does, it is agreed once the coordination and the
 *  catalogue entry that the process asks for are there. */
export function advanceReview(process: ReviewProcess, review: ReviewState, now: number): ReviewState {
  const step = process.steps.findIndex((_, index) => findMissingRoles(process, review, index).length > 0);
  if (step >= 0) {
    const moved = review.status !== 'REVIEW' || step !== review.step;
    return { ...review, status: 'REVIEW', step, ...(moved && { since: now }) };
  }
  const complete = { ...review, step: process.steps.length, since: now };
  if (process.coordinated && !review.coordination)
    return { ...complete, status: 'COORDINATION', escalationIndex: review.escalationIndex + 1 };
  const stopped = review.stopped ?? now;
  return { ...complete, status: process.becomesEntry ? 'ENTRY_PENDING' : 'AGREED', stopped };
}

import type { Role } from '../../../../shared/kernel/index.js';
import type { Basis, EscalationStep, ReviewProcess, ProcessStep } from './review-process.rule.js';
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
/** Who answers for one part of one step. */
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
export interface Extension {
  readonly workingDays: number;
  readonly reason: string;
  readonly state: 'ASKED' | 'GIVEN' | 'DENIED';
  readonly by: string;
}

/** Where the part of an application that concerns one provider stands. A value: every change is a new one. */
export interface ReviewState {
  readonly status: ReviewStatus;
  /** Grows with every change; who decides names the one he has seen. */
  readonly version: number;
  /** Step of the review that is open; the number of steps when none is. */
  readonly step: number;
  readonly asked: Terms;
  /** What the decisions have left of what was asked. */
  readonly terms: Terms;
  /** Decisions in force, at most one for each part. */
  readonly decisions: readonly RoleDecision[];
  /** Position in the escalation that is under way; -1 before it. */
  readonly level: number;
  /** Refusals that the applicant did not accept, and what negotiation comes before. */
  readonly contested: readonly StepRole[];
  /** Parts that coordination has settled against their refusal. */
  readonly overridden: readonly StepRole[];
  readonly negotiations: number;
  readonly coordination?: { readonly reference: string; readonly by: string; readonly department: string };
  readonly refusal?: { readonly by: string; readonly reason: string; readonly bases: readonly CitedBasis[] };
  readonly extension?: Extension;
  /** Instant from which the answer's time is counted; absent where no clock runs. */
  readonly clock?: number;
  /** Instant at which the clock stopped. */
  readonly stopped?: number;
  /** Instant since which it stands where it stands. */
  readonly since: number;
  /** Instant at which its being late was escalated. */
  readonly escalated?: number;
}

/** A review as it is when the application is sent. */
export function openReview(process: ReviewProcess, asked: Terms, now: number, version = 1): ReviewState {
  const escalates = process.opens !== 'REVIEW';
  return {
    status: process.opens,
    version,
    step: 0,
    asked,
    terms: asked,
    decisions: [],
    level: escalates ? 0 : -1,
    contested: escalates ? process.steps.flatMap(({ by }, step) => by.map((as) => ({ step, as }))) : [],
    overridden: [],
    negotiations: 0,
    clock: now,
    since: now,
  };
}

export const isOpen = ({ status }: ReviewState): boolean =>
  status === 'REVIEW' || status === 'CHANGES_ASKED' || status === 'NEGOTIATION' || status === 'COORDINATION';

export const findOpenStep = (process: ReviewProcess, { status, step }: ReviewState): ProcessStep | undefined =>
  status === 'REVIEW' ? process.steps[step] : undefined;

export const findEscalationStep = (process: ReviewProcess, { level }: ReviewState): EscalationStep | undefined =>
  process.escalation[level];

const covers = (parts: readonly StepRole[], step: number, as: Role): boolean =>
  parts.some((part) => part.step === step && part.as === as);

/** Parts of a step whose agreement is still findMissingRoles. */
export function findMissingRoles(
  { steps }: ReviewProcess,
  { decisions, overridden }: ReviewState,
  step: number,
): Role[] {
  const agreed = decisions.filter(({ verdict }) => verdict === 'AGREE');
  return (steps[step]?.by ?? []).filter((as) => !covers(agreed, step, as) && !covers(overridden, step, as));
}

/** Who is to act next, as role, and `applicant`. */
export function findAwaitedParties(process: ReviewProcess, review: ReviewState): (Role | 'applicant')[] {
  switch (review.status) {
    case 'REVIEW': {
      const open = findMissingRoles(process, review, review.step);
      const { final } = process.steps[review.step] ?? {};
      const refused = review.decisions.filter(({ step, verdict }) => step === review.step && verdict === 'REFUSE');
      const executeReviewCommand = open.filter((as) => !refused.some((decision) => decision.as === as));
      return final && !executeReviewCommand.includes(final) ? [...executeReviewCommand, final] : executeReviewCommand;
    }
    case 'CHANGES_ASKED':
      return ['applicant'];
    case 'NEGOTIATION':
      return ['applicant', 'provider'];
    case 'COORDINATION':
      return ['authority'];
    case 'ENTRY_PENDING':
      return ['provider'];
    default:
      return [];
  }
}

/** Goes on to the first step that lacks an agreement; agreed when there is none, and what else is needed is there. */
export function advanceReview(process: ReviewProcess, review: ReviewState, now: number): ReviewState {
  const step = process.steps.findIndex((_, index) => findMissingRoles(process, review, index).length > 0);
  if (step >= 0) {
    const moved = review.status !== 'REVIEW' || step !== review.step;
    return { ...review, status: 'REVIEW', step, ...(moved && { since: now }) };
  }
  const at = { ...review, step: process.steps.length, since: now };
  if (process.coordinated && !review.coordination) return { ...at, status: 'COORDINATION', level: review.level + 1 };
  if (process.becomesEntry) return { ...at, status: 'ENTRY_PENDING', stopped: review.stopped ?? now };
  return { ...at, status: 'AGREED', stopped: review.stopped ?? now };
}

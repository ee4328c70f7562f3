import type { Role } from '../../../../shared/kernel/index.js';

/** The roles that decide in one step; several decide jointly. */
export interface EntryReviewStep {
  readonly roles: readonly Role[];
  readonly clauses: readonly string[];
}
/** A decision of one of them on an entry. */
export interface EntryReview {
  /** Number of the step; -1 for the examination of secrecy. */
  readonly step: number;
  readonly role: Role;
  readonly department: string;
  readonly person?: string | undefined;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly approved: boolean;
  readonly reason?: string | undefined;
}
/** Number of the examination of secrecy, which stands beside the steps. */
export const SECRECY_STEP = -1;

interface PublicationLaw {
  readonly catalogue?:
    | {
        readonly publication?:
          readonly { readonly value: readonly Role[]; readonly clauses: readonly string[] }[] | undefined;
      }
    | undefined;
}

/** Reads the steps before an entry may be published. Where the law names none, the authority reviews, so that nothing is
 *  in force unread.
 *  @source HZ-5.3c, HZ-5.4c, JL-15e, YN-9e */
export const readReviewSteps = ({ catalogue }: PublicationLaw): EntryReviewStep[] =>
  catalogue?.publication?.map(({ value, clauses }) => ({ roles: value, clauses })) ?? [
    { roles: ['authority'], clauses: [] },
  ];

/** A step that waits, with the roles that have still to decide. */
export interface WaitingStep {
  readonly number: number;
  readonly step: EntryReviewStep;
  readonly roles: readonly Role[];
}

/** Finds the first step in which somebody has still to decide; undefined when all have agreed. */
export function findWaitingStep(
  process: readonly EntryReviewStep[],
  reviews: readonly EntryReview[],
): WaitingStep | undefined {
  for (const [number, step] of process.entries()) {
    const agreed = new Set(
      reviews.filter((review) => review.step === number && review.approved).map(({ role }) => role),
    );
    const roles = step.roles.filter((role) => !agreed.has(role));
    if (roles.length > 0) return { number, step, roles };
  }
  return undefined;
}

import type { Role } from '../../../../shared/kernel/index.js';

/** Who decides in one step; several decide jointly. */
export interface ReviewStep {
  readonly roles: readonly Role[];
  readonly clauses: readonly string[];
}
/** What one of them decided. */
export interface Review {
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

/** Steps before an entry may be published. Where the law names none, the authority reviews: nothing is in force unread.
 *  @source HZ-5.3c, HZ-5.4c, JL-15e, YN-9e */
export const stepsOf = ({ catalogue }: PublicationLaw): ReviewStep[] =>
  catalogue?.publication?.map(({ value, clauses }) => ({ roles: value, clauses })) ?? [
    { roles: ['authority'], clauses: [] },
  ];

/** The step that is waiting, and which roles of it have still to decide; undefined when all have agreed. */
export function waitingStep(
  process: readonly ReviewStep[],
  reviews: readonly Review[],
): { readonly number: number; readonly step: ReviewStep; readonly roles: readonly Role[] } | undefined {
  for (const [number, step] of process.entries()) {
    const decided = new Set(
      reviews.filter((review) => review.step === number && review.approved).map(({ role }) => role),
    );
    const roles = step.roles.filter((role) => !decided.has(role));
    if (roles.length > 0) return { number, step, roles };
  }
  return undefined;
}

import type { Coordinate } from './coordinate.js';

/** Permitted use of granted data. Only QUERY gives values; the others are "usable but not visible". */
export const GRANT_MODES = ['QUERY', 'VERIFY', 'STATISTICS', 'BULK'] as const;
export type GrantMode = (typeof GRANT_MODES)[number];

/** Uses that an operation makes of an item, each decided by itself: giving its value or filtering by it, comparing it with
 *  a claim, counting by it. @source QZ-5.4d */
export const USE_MODES = ['QUERY', 'VERIFY', 'STATISTICS'] as const satisfies readonly GrantMode[];
export type UseMode = (typeof USE_MODES)[number];

/** The de-identified forms that a provider may be asked for instead of the value. */
export const MASKS = ['NAME', 'PHONE', 'IDENTITY', 'ADDRESS', 'HIDDEN'] as const;
export type Mask = (typeof MASKS)[number];

/** Answers of verification beyond one outcome for all claims together: an outcome for each item, and an outcome that tells
 *  that there is no record. */
export const VERIFICATION_DETAILS = ['PER_ITEM', 'NO_RECORD'] as const;
export type VerificationDetail = (typeof VERIFICATION_DETAILS)[number];

/** The result of an approved application (授权). Immutable; a change is a new object under a new version. */
export interface Grant {
  readonly id: string;
  readonly department: string;
  /** The scenario (场景) it is bound to. @source QZ-2.2g */
  readonly scenario: string;
  readonly mode: GrantMode;
  readonly coordinates: readonly Coordinate[];
  /** Instants, milliseconds since the epoch; `from` inclusive, `until` exclusive. */
  readonly from: number;
  readonly until: number;
  readonly suspended: boolean;
  /** The parties that have suspended it. */
  readonly suspensions?: readonly Suspension[];
  /** Division code prefixes the rows must lie in; absent means every row. */
  readonly rows?: readonly string[];
  /** Operations a day in the hub's time zone; absent means no limit. */
  readonly quotaPerDay?: number;
  /** Items given only in a de-identified form. */
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** Answers that it allows beyond one outcome for all claims together; only in the mode VERIFY. */
  readonly verificationDetails?: readonly VerificationDetail[];
  /** The authority's coordination that allows a value of a not-shared item. @source CZ-11, YN-18 */
  readonly coordination?: string;
  /** Members of the department who may use it: persons by OpenID subject, posts with a `*` before; absent means everyone and
   *  every system. @source QZ-8.2d */
  readonly persons?: readonly string[];
  /** Identity of each item when the grant was decided; another item under the same coordinate is not given. */
  readonly identities?: Readonly<Record<Coordinate, string>>;
  /** Approver, for the access record. @source QZ-8.2e */
  readonly approver: string;
  readonly basis: readonly string[];
}

/** One party's suspension of a grant; nobody else lifts it. @source QZ-5.10 */
export interface Suspension {
  readonly party: 'CONSUMER' | 'PROVIDER' | 'PLATFORM';
  readonly reason: string;
  /** Milliseconds since the epoch; absent where it was not kept yet. */
  readonly since?: number;
}

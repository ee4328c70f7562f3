import type { Coordinate } from './coordinate.js';

/** How granted data may be used. Only QUERY gives values; the others are "usable but not visible". */
export const GRANT_MODES = ['QUERY', 'VERIFY', 'STATISTICS', 'BULK'] as const;
export type GrantMode = (typeof GRANT_MODES)[number];

/** The de-identified forms that a provider may be asked for instead of the value. */
export const MASKS = ['NAME', 'PHONE', 'IDENTITY', 'ADDRESS', 'HIDDEN'] as const;
export type Mask = (typeof MASKS)[number];

/** What an approved application gives (授权). Immutable; a change is a new object under a new version. */
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
  /** Division code prefixes the rows must lie in; absent means every row. */
  readonly rows?: readonly string[];
  /** Operations a day in the hub's time zone; absent means no limit. */
  readonly quotaPerDay?: number;
  /** Items given only in a de-identified form. */
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** The authority's coordination that allows a value of a not-shared item. @source CZ-11, YN-18 */
  readonly coordination?: string;
  /** Who inside the department may use it: persons by OpenID subject, posts with a `*` before; absent means everyone and
   *  every system. @source QZ-8.2d */
  readonly persons?: readonly string[];
  /** What each item was when it was decided on; another item under the same coordinate is not given. */
  readonly identities?: Readonly<Record<Coordinate, string>>;
  /** Who approved it, for the access record. @source QZ-8.2e */
  readonly approver: string;
  readonly basis: readonly string[];
}

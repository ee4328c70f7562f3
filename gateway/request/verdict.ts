import type { Coordinate, Grant, Mask } from '../../shared/kernel/index.js';
import type { Consent } from '../../shared/share/releases/release.js';
import type { Denial } from './denial.js';
import type { Denials } from './denials.js';

/** The decision on one operation of one caller. */
export interface Verdict {
  /** One bit a site; all zero when nothing is refused. */
  readonly denials: Denials;
  /** Number of refused sites, without what lies under them. */
  readonly denied: number;
  /** Reason of each refused site, by site index. */
  readonly reasons: ReadonlyMap<number, Denial>;
  /** Indices of all sites that give nothing: refused, or under a refused one. */
  readonly closed: ReadonlySet<number>;
  /** Grants that allowed items rest on, for the access record. */
  readonly grants: readonly Grant[];
  /** Consents of owners that allowed items rest on, for the access record. */
  readonly consents: readonly Consent[];
  /** Items that arguments of allowed sites filter or sort by, with what these read. */
  readonly filtered: readonly Coordinate[];
  readonly limits: ReleaseLimits;
}
/** Limits under which the allowed items are given; carried to the subgraphs in the signed context. */
export interface ReleaseLimits {
  readonly scopes?: Readonly<Record<Coordinate, readonly string[]>>;
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** Paths from a row to its division code, for each key of `scopes` and `rows`, so that the hub can test rows itself. */
  readonly divisions?: Readonly<Record<string, readonly string[]>>;
}

import type { Coordinate, Grant, Mask, UseMode, VerificationDetail } from '../../shared/kernel/index.js';
import type { Consent } from '../../shared/share/releases/release.js';
import type { ShareItem } from '../../shared/share/share-index.js';
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
  /** Items that arguments of allowed sites use, with what these need: filter and sort by, compare, count. */
  readonly throughArguments: Readonly<Record<UseMode, readonly Coordinate[]>>;
  /** QUERY where values are given that stand under no comparison and no statistic. */
  readonly mode: UseMode;
  readonly limits: ReleaseLimits;
  /** Sites whose values count towards daily quotas, in order; absent where no quota counts. */
  readonly counted?: readonly CountedSite[] | undefined;
  /** Uses of the day by grant id, as this decision saw them; absent where it asked for none. */
  readonly used?: ReadonlyMap<string, number> | undefined;
}

/** A site whose values count towards daily quotas. */
export interface CountedSite {
  readonly site: number;
  /** The item that rests on the first of its quotas. */
  readonly item: ShareItem;
  /** For each item that rests on a quota: the grants that give it alike, the preferred first. */
  readonly charges: readonly (readonly [Grant, ...Grant[]])[];
  /** Uses of each place where the site is written, at least: the values that its arguments test an item for. */
  readonly atLeast: number;
}

/** Uses of one counted site in an answer. */
export interface WrittenUses {
  /** Places where something was written. */
  readonly places: number;
  /** Values and records written there. */
  readonly values: number;
}

/** Names the grants that a site may charge, so that sites which charge the same can be told. */
export const nameCharges = (charges: CountedSite['charges']): string =>
  JSON.stringify(charges.map((ways) => ways.map(({ id, quotaPerDay }) => [id, quotaPerDay])));

/** Limits under which the allowed items are given; carried to the subgraphs in the signed context. */
export interface ReleaseLimits {
  readonly scopes?: Readonly<Record<Coordinate, readonly string[]>>;
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
  /** Answers beyond one outcome for all claims, by item that is compared. */
  readonly details?: Readonly<Record<Coordinate, readonly VerificationDetail[]>>;
  /** Sites that may tell that there is no record; the hub's own, and not carried. */
  readonly recordless?: ReadonlySet<number>;
  /** Paths from a row to its division code, for each key of `scopes` and `rows`, so that the hub can test rows itself. */
  readonly divisions?: Readonly<Record<string, readonly string[]>>;
}

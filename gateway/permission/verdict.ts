import type { Coordinate, Grant, Mask } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { Denials } from '../operation/operation.js';
import type { Denial } from './decision.js';

/** What is decided of one operation of one caller. */
export interface Verdict {
  /** One bit a site; all zero when nothing is refused. */
  readonly denials: Denials;
  /** Number of refused sites, without what lies under them. */
  readonly denied: number;
  /** Why a site is refused, by site index. */
  readonly reasons: ReadonlyMap<number, Denial>;
  /** Indices of all sites that give nothing: refused, or under a refused one. */
  readonly closed: ReadonlySet<number>;
  /** Grants that allowed items rest on, for the access record. */
  readonly grants: readonly Grant[];
  readonly limits: ReleaseLimits;
}
/** How the allowed items may be given; carried to the subgraphs in the signed context. */
export interface ReleaseLimits {
  readonly scopes?: Readonly<Record<Coordinate, readonly string[]>>;
  readonly rows?: Readonly<Record<string, readonly string[]>>;
  readonly masks?: Readonly<Record<Coordinate, Mask>>;
}

export interface Asked {
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** OpenID subject; absent where a system asks by itself. */
  readonly person?: string | undefined;
  /** Coerced variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly snapshot: GovernanceSnapshot;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `false` asks without using up quota (explain). */
  readonly use?: boolean;
}

import { HubError, type Coordinate, type ErrorCode, type Grant, type Mask } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';

/** What a rule may look at. Everything is a value; rules have no clock and no I/O. */
export interface Question {
  readonly item: ShareItem;
  /** Department of the caller; undefined for the anonymous caller of a permissive gateway. */
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** Grants of this department under this scenario that name the item, of whatever state. */
  readonly grants: readonly Grant[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why an item is refused. A shield rule returns it; it becomes the error beside the null. */
export class Denial extends HubError {
  constructor(
    code: Extract<
      ErrorCode,
      `GRANT_${string}` | 'PURPOSE_REQUIRED' | 'OUT_OF_SCOPE' | 'NOT_SHARED' | 'QUOTA_EXCEEDED' | 'UNAUTHENTICATED'
    >,
    readonly item: ShareItem,
    message: string,
    readonly grant?: Grant,
  ) {
    super(code, message);
    this.name = 'Denial';
  }
}

/** How an allowed item may be given. */
export interface Release {
  /** The grant it rests on; none for unconditional items and a provider's own. */
  readonly grant?: Grant;
  /** Only for rows whose division begins with one of these. */
  readonly rows?: readonly string[];
  readonly mask?: Mask;
}

/** Live grants that give the item as a value: not suspended, within their dates, in query mode. */
export const liveGrants = ({ grants, now }: Question): readonly Grant[] =>
  grants.filter((grant) => grant.mode === 'QUERY' && !grant.suspended && grant.from <= now && now < grant.until);

/** The least limited way the live grants give an item. Rows of several grants add up. */
export function releaseUnder(grants: readonly Grant[], at: Coordinate): Release | undefined {
  const limits = (grant: Grant) =>
    (grant.rows ? 1 : 0) + (grant.masks?.[at] ? 2 : 0) + (grant.quotaPerDay === undefined ? 0 : 4);
  const [best] = [...grants].sort((a, b) => limits(a) - limits(b));
  if (!best) return undefined;
  const mask = best.masks?.[at];
  const alike = grants.filter((grant) => limits(grant) === limits(best) && grant.masks?.[at] === mask);
  const rows =
    best.rows && best.quotaPerDay === undefined ? [...new Set(alike.flatMap((grant) => grant.rows ?? []))] : best.rows;
  return { grant: best, rows, mask };
}

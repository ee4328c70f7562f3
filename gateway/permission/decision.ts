import type { Grant, Mask, UseMode } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import type { ItemInForce } from './items-in-force.js';

/** The input of a share rule: values only, because rules have no clock and no I/O. */
export interface RuleInput {
  readonly item: ItemInForce;
  /** The use of it that is decided. */
  readonly mode: UseMode;
  /** Department of the caller; undefined for the anonymous caller of a permissive gateway. */
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** All grants of this department and scenario that cover the item, including suspended and expired ones. */
  readonly grants: readonly Grant[];
  /** The caller's subject and posts, as grants name them; none when a system calls on its own behalf. */
  readonly persons?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA name of the jurisdiction's zone, in which days are told. Default: UTC. */
  readonly timeZone?: string | undefined;
}

/** One way in which an allowed item may be given. */
export interface Release {
  /** The grants it rests on: several where their rows add up. */
  readonly grants: readonly [Grant, ...Grant[]];
  /** Only for rows whose division begins with one of these. */
  readonly rows?: readonly string[];
  readonly mask?: Mask;
  /** Uses a day that its one grant allows. */
  readonly quotaPerDay?: number;
}

/** True for a grant that is for this use: who may read an item may compare and count it too, and no other mode gives a
 *  value. What is not shared is read only under the authority's coordination. @source share-rules section 2 */
export const isForUse = ({ item, mode }: RuleInput, grant: Grant): boolean =>
  grant.mode === 'QUERY' ? item.ownType !== 'NOT_SHARED' || Boolean(grant.coordination) : grant.mode === mode;

/** Grants in force for this use: not suspended, within their dates. */
export const isInForce = (input: RuleInput, grant: Grant): boolean =>
  isForUse(input, grant) && !grant.suspended && grant.from <= input.now && input.now < grant.until;

/** True when a grant was decided for this item, not for another that had its coordinate before. */
export const isSameItem = ({ item }: RuleInput, { identities }: Grant): boolean => {
  const decided = identities?.[item.coordinate];
  return decided === undefined || decided === item.identity;
};

/** True when a grant includes this person: it is for the whole department, or names their subject or post. @source QZ-8.2d */
export const isForPerson = ({ persons = [] }: RuleInput, grant: Grant): boolean =>
  grant.persons === undefined || grant.persons.some((one) => persons.includes(one));

/** Finds the grants in force that give the item to this caller. */
export const findLiveGrants = (input: RuleInput): readonly Grant[] =>
  input.grants.filter((grant) => isInForce(input, grant) && isSameItem(input, grant) && isForPerson(input, grant));

type MergedRelease = Omit<Release, 'rows' | 'grants'> & {
  readonly grants: [Grant, ...Grant[]];
  readonly rows?: Set<string>;
};

/** The releases of an item under live grants, the least limited first: whole before rows, rows before a de-identified
 *  form, and a grant with a daily quota only behind those without. Rows of grants without a quota add up. A grant of rows
 *  that the item's provider cannot narrow gives no release. Of grants alike, one that tells more of a comparison stands for
 *  the others. */
export function toReleases(live: readonly Grant[], item: ShareItem): readonly Release[] {
  const merged: MergedRelease[] = [];
  const uncounted = new Map<string, MergedRelease>();
  const ordered = [...live].sort((a, b) => countDetails(b) - countDetails(a));
  for (const grant of ordered) {
    if (grant.rows && item.scopeBy !== 'division') continue;
    const { quotaPerDay } = grant;
    // Only a value is given de-identified; who is given no other may not compare the whole of it either.
    const mask = grant.mode === 'QUERY' ? grant.masks?.[item.coordinate] : undefined;
    const key = `${grant.rows ? 'rows' : 'whole'} ${mask}`;
    const known = quotaPerDay === undefined ? uncounted.get(key) : undefined;
    if (!known) {
      const release: MergedRelease = { grants: [grant], rows: grant.rows && new Set(grant.rows), mask, quotaPerDay };
      merged.push(release);
      if (quotaPerDay === undefined) uncounted.set(key, release);
    } else if (grant.rows) {
      // A further grant of the whole adds nothing; rows do.
      known.grants.push(grant);
      for (const row of grant.rows) known.rows?.add(row);
    }
  }
  const releases = merged.map((release): Release => ({ ...release, rows: release.rows && [...release.rows] }));
  const limits = ({ rows, mask, quotaPerDay }: Release) =>
    (rows ? 1 : 0) + (mask ? 2 : 0) + (quotaPerDay === undefined ? 0 : 4);
  return releases.sort((a, b) => limits(a) - limits(b));
}

const countDetails = ({ verificationDetails = [] }: Grant): number => verificationDetails.length;

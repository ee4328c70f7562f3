import { HubError, type ErrorCode, type Grant, type Mask } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';

/** What a rule may look at. Everything is a value; rules have no clock and no I/O. */
export interface Question {
  readonly item: ShareItem;
  /** Department of the caller; undefined for the anonymous caller of a permissive gateway. */
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** Grants of this department under this scenario that name the item, of whatever state. */
  readonly grants: readonly Grant[];
  /** The caller's person and posts, as grants name them; none where a system asks by itself. */
  readonly persons?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why an item is refused. A shield rule returns it; it becomes the error beside the null. */
export class Denial extends HubError {
  constructor(
    code: Extract<
      ErrorCode,
      | `GRANT_${string}`
      | 'PURPOSE_REQUIRED'
      | 'PERSON_NOT_AUTHORISED'
      | 'OUT_OF_SCOPE'
      | 'NOT_SHARED'
      | 'NOT_PUBLISHED'
      | 'QUOTA_EXCEEDED'
      | 'UNAUTHENTICATED'
    >,
    readonly item: ShareItem,
    message: string,
    readonly grant?: Grant,
  ) {
    super(code, message);
    this.name = 'Denial';
  }
}

/** One way in which an allowed item may be given. */
export interface Release {
  /** The grants it rests on: several where their rows add up. */
  readonly grants: readonly [Grant, ...Grant[]];
  /** Only for rows whose division begins with one of these. */
  readonly rows?: readonly string[];
  readonly mask?: Mask;
  /** Operations a day that its one grant allows. */
  readonly quotaPerDay?: number;
}

/** Grants in force: not suspended, within their dates, in query mode. */
export const inForce = ({ now }: Question, grant: Grant): boolean =>
  grant.mode === 'QUERY' && !grant.suspended && grant.from <= now && now < grant.until;

/** Whether a grant was decided for this item, and not for another that stood under its coordinate before. */
export const isSameItem = ({ item }: Question, { identities }: Grant): boolean => {
  const decided = identities?.[item.coordinate];
  return decided === undefined || decided === item.identity;
};

/** Whether a grant is for this person: for everyone in the department, or by name or post. @source QZ-8.2d */
export const isForPerson = ({ persons = [] }: Question, grant: Grant): boolean =>
  grant.persons === undefined || grant.persons.some((one) => persons.includes(one));

/** Live grants that give the item as a value to this caller. */
export const liveGrants = (question: Question): readonly Grant[] =>
  question.grants.filter(
    (grant) => inForce(question, grant) && isSameItem(question, grant) && isForPerson(question, grant),
  );

type Way = Omit<Release, 'rows' | 'grants'> & { readonly grants: [Grant, ...Grant[]]; readonly rows?: Set<string> };

/** The ways in which live grants give an item, the least limited first: whole before rows, rows before a de-identified
 *  form, and a counted grant only behind those that are not counted. Rows of grants that are not counted add up.
 *  Rows that the item's provider cannot narrow are no way. */
export function releasesUnder(live: readonly Grant[], item: ShareItem): readonly Release[] {
  const ways: Way[] = [];
  const uncounted = new Map<string, Way>();
  for (const grant of live) {
    if (grant.rows && item.scopeBy !== 'division') continue;
    const { quotaPerDay } = grant;
    const mask = grant.masks?.[item.coordinate];
    const key = `${grant.rows ? 'rows' : 'whole'} ${mask}`;
    const known = quotaPerDay === undefined ? uncounted.get(key) : undefined;
    if (!known) {
      const way: Way = { grants: [grant], rows: grant.rows && new Set(grant.rows), mask, quotaPerDay };
      ways.push(way);
      if (quotaPerDay === undefined) uncounted.set(key, way);
    } else if (grant.rows) {
      // A further grant of the whole adds nothing; rows do.
      known.grants.push(grant);
      for (const row of grant.rows) known.rows?.add(row);
    }
  }
  const releases = ways.map((way): Release => ({ ...way, rows: way.rows && [...way.rows] }));
  const limits = ({ rows, mask, quotaPerDay }: Release) =>
    (rows ? 1 : 0) + (mask ? 2 : 0) + (quotaPerDay === undefined ? 0 : 4);
  return releases.sort((a, b) => limits(a) - limits(b));
}

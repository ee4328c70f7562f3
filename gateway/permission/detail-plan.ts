import {
  VERIFICATION_DETAILS,
  type Coordinate,
  type Grant,
  type VerificationDetail,
} from '../../shared/kernel/index.js';
import { OUTCOMES_FIELD } from '../../shared/share/claims/claim-names.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { Denial } from '../request/denial.js';
import { labelOf, say } from '../request/messages/index.js';
import type { ReleaseLimits } from '../request/verdict.js';
import type { Release } from './decision.js';
import type { DecisionSet } from './decision-set.js';
import type { SiteRequirement } from './requirements.js';
import { useOf } from './use-number.js';

/** Finds the answers beyond one outcome for all claims that the places of an operation may give: only what the grants of every
 *  item that is compared there say. Items that the caller may read hinder nothing and allow nothing. */
export class DetailPlan {
  /** By site that compares, and by each site under it. */
  private readonly places = new Map<number, Place>();

  constructor(
    private readonly index: ShareIndex,
    private readonly set: DecisionSet,
  ) {}

  /** Takes up an allowed site, after the one that it lies under.
   *  @param uses      numbers of the uses that its arguments make
   *  @param releases  chosen for the items that rest on grants, by use number */
  add(required: SiteRequirement, uses: readonly number[], releases: ReadonlyMap<number, Release>): void {
    const compared = uses.filter((number) => useOf(this.index, number).mode === 'VERIFY');
    const above = this.places.get(required.parent);
    const place = compared.length > 0 ? this.toPlace(compared, releases) : above;
    if (place) this.places.set(required.site.index, place);
  }

  /** The reason against a site that gives an outcome for each item where the grants do not say so. */
  refuse({ site, parent }: SiteRequirement): Denial | undefined {
    if (site.coordinate !== OUTCOMES_FIELD) return undefined;
    const place = this.places.get(parent);
    if (place?.allowed.has('PER_ITEM')) return undefined;
    const items = (place?.without.PER_ITEM ?? []).map((number) => useOf(this.index, number).item);
    const item = items[0] ?? this.index.byCoordinate.get(site.coordinate)!;
    const message = say('item.noDetails', { item: labelOf(item) });
    const grant = place?.grants[0];
    const lacking = { details: ['PER_ITEM' as const], coordinates: items.map(({ coordinate }) => coordinate) };
    return new Denial('GRANT_DETAIL_REQUIRED', item, message, grant, 'VERIFY', undefined, undefined, lacking);
  }

  /** @param closed  sites that give nothing */
  limits(closed: ReadonlySet<number>): Pick<ReleaseLimits, 'details' | 'recordless'> {
    const details: Record<Coordinate, VerificationDetail[]> = {};
    const recordless = new Set<number>();
    for (const [site, { items, allowed }] of this.places) {
      if (closed.has(site)) continue;
      if (allowed.has('NO_RECORD')) recordless.add(site);
      for (const at of allowed.size > 0 ? items : [])
        details[at] = VERIFICATION_DETAILS.filter((each) => allowed.has(each) || details[at]?.includes(each));
    }
    return {
      ...(Object.keys(details).length > 0 && { details }),
      ...(recordless.size > 0 && { recordless }),
    };
  }

  private toPlace(compared: readonly number[], releases: ReadonlyMap<number, Release>): Place {
    const without: Record<VerificationDetail, number[]> = { PER_ITEM: [], NO_RECORD: [] };
    const grants = compared.flatMap((number) => releases.get(number)?.grants ?? []).filter(isForVerification);
    for (const number of compared)
      for (const detail of VERIFICATION_DETAILS)
        if (!this.allows(number, releases, detail)) without[detail].push(number);
    const allowed = VERIFICATION_DETAILS.filter((detail) => without[detail].length === 0);
    // Who may read all of it may put each claim by itself; that there is no record is told by a grant alone.
    const isGiven = (detail: VerificationDetail) => detail === 'PER_ITEM' || grants.length > 0;
    return {
      items: compared.map((number) => useOf(this.index, number).item.coordinate),
      allowed: new Set(allowed.filter(isGiven)),
      without,
      grants,
    };
  }

  private allows(number: number, releases: ReadonlyMap<number, Release>, detail: VerificationDetail): boolean {
    const release = releases.get(number);
    if (!release) return this.set.isReadable(number);
    return release.grants.every((grant) => !isForVerification(grant) || grant.verificationDetails?.includes(detail));
  }
}

const isForVerification = ({ mode }: Grant): boolean => mode !== 'QUERY';

interface Place {
  readonly items: readonly Coordinate[];
  readonly allowed: ReadonlySet<VerificationDetail>;
  /** Uses whose grants do not say so. */
  readonly without: Readonly<Record<VerificationDetail, readonly number[]>>;
  /** Grants of the mode VERIFY that the comparison rests on. */
  readonly grants: readonly Grant[];
}

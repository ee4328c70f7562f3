import type { ShareItem } from '../../shared/share/share-index.js';
import { countElements } from '../operation/list-elements.js';
import type { Denial } from '../request/denial.js';
import type { Site } from '../request/operation.js';
import type { CountedSite } from '../request/verdict.js';
import type { Release } from './decision.js';
import { toQuotaExceeded, toQuotaUnavailable } from './quota-denials.js';

/** An item of a site that rests on a quota, with the releases that fit. */
export interface CountedItem {
  readonly item: ShareItem;
  readonly release: Release;
  readonly fit: readonly Release[];
}

/** The uses that the sites of an operation will make at least, planned in their order before anything is fetched. */
export class QuotaPlan {
  readonly counted: CountedSite[] = [];
  /** Planned uses by grant id. */
  private readonly planned = new Map<string, number>();

  /** @param used  uses of the day by grant id; what is missing cannot be counted */
  constructor(
    private readonly used: ReadonlyMap<string, number>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  /** True when a release has no quota, or enough left of it for a site. A grant is charged once for each site.
   *  `isFilter`: the site filters or sorts by items. `counted`: items of the same site before this one. */
  hasLeft(
    { quotaPerDay, grants: [{ id }] }: Release,
    site: Site,
    isFilter: boolean,
    counted: readonly CountedItem[],
  ): boolean {
    if (quotaPerDay === undefined) return true;
    const used = this.used.get(id);
    if (used === undefined) return false;
    const atLeast = this.atLeast(site, isFilter);
    const isCharged = counted.some(({ release }) => release.grants[0].id === id);
    return isCharged || used + (this.planned.get(id) ?? 0) + Math.max(1, atLeast) <= quotaPerDay;
  }

  count(site: Site, isFilter: boolean, counted: readonly CountedItem[]): void {
    const atLeast = this.atLeast(site, isFilter);
    for (const id of new Set(counted.map(({ release }) => release.grants[0].id)))
      this.planned.set(id, (this.planned.get(id) ?? 0) + Math.max(1, atLeast));
    const charges = counted.map(({ release, fit }): CountedSite['charges'][number] => {
      const alike = fit.filter((way) => way !== release && way.quotaPerDay !== undefined && isAlike(way, release));
      return [release.grants[0], ...alike.map(({ grants: [grant] }) => grant)];
    });
    this.counted.push({ site: site.index, item: counted[0]!.item, charges, atLeast });
  }

  toDenial(item: ShareItem, fit: readonly Release[]): Denial {
    const grants = fit.map(({ grants: [grant] }) => grant);
    const known = grants.find(({ id }) => this.used.has(id));
    if (!known) return toQuotaUnavailable(item, grants[0]!);
    const left = known.quotaPerDay! - this.used.get(known.id)! - (this.planned.get(known.id) ?? 0);
    return toQuotaExceeded(item, known, left);
  }

  /** Uses of each place of a site, at least: where it filters or sorts by items, the values that its arguments test. */
  private atLeast(site: Site, isFilter: boolean): number {
    return isFilter ? Math.max(1, this.countTested(site)) : 0;
  }

  /** Values that the arguments of a site test items for: the elements of their lists. */
  private countTested({ args }: Site): number {
    const variables = new Set(args.flatMap((argument) => argument.variables.map(({ name }) => name)));
    const literal = args.reduce((total, { elements }) => total + elements, 0);
    return [...variables].reduce((total, name) => total + countElements(this.variables[name]), literal);
  }
}

/** True when two releases give the same: then either grant may be charged. */
const isAlike = (one: Release, other: Release): boolean =>
  one.mask === other.mask && JSON.stringify(one.rows?.toSorted()) === JSON.stringify(other.rows?.toSorted());

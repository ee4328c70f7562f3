import { parseCoordinate, type Coordinate, type Grant, type Mask } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation } from '../request/operation.js';
import { type Release } from './decision.js';
import { Denial } from '../request/denial.js';
import type { DecisionSet } from './decision-set.js';
import type { CountedItem, QuotaPlan } from './quota-plan.js';
import type { SiteRequirement } from './requirements.js';
import type { ReleaseLimits, Verdict } from '../request/verdict.js';

/** A site with the items that its arguments filter by under the variables sent; undefined when one is unknown. */
export interface SiteReads {
  readonly required: SiteRequirement;
  readonly filtering: readonly number[] | undefined;
}

/** Builds the verdict on an operation that is not plainly allowed: refusals, limits, quotas. It refuses what no quota can
 *  give any more, before a provider is asked; the uses themselves are taken when the answer is there, see
 *  `QuotaSettlement`. */
export class VerdictBuilder {
  private readonly reasons = new Map<number, Denial>();
  private readonly closed = new Set<number>();
  private readonly released = new Map<SiteReads, ReadonlyMap<number, Release>>();

  constructor(
    private readonly index: ShareIndex,
    private readonly set: DecisionSet,
    private readonly quotas: QuotaPlan,
  ) {}

  build(operation: Operation, sites: readonly SiteReads[]): Verdict {
    for (const reads of sites) {
      const { required } = reads;
      // Sites under a refused one are refused with it, without a reason of their own.
      if (this.closed.has(required.parent)) {
        this.closed.add(required.site.index);
        continue;
      }
      const release = this.resolveRelease(reads);
      if (release instanceof Denial) this.refuse(required, release);
      else this.released.set(reads, release);
    }
    this.refusePartialInputs(sites);
    const denials = new Uint32Array((operation.sites.length + 31) >> 5);
    for (const site of this.reasons.keys()) denials[site >> 5]! |= 1 << (site & 31);
    const counted = this.quotas.counted.filter(({ site }) => !this.closed.has(site));
    return {
      denials,
      denied: this.reasons.size,
      reasons: this.reasons,
      closed: this.closed,
      ...this.collectLimits(),
      ...(counted.length > 0 && { counted }),
    };
  }

  private refuse({ site }: SiteRequirement, denial: Denial): void {
    this.reasons.set(site.index, denial);
    this.closed.add(site.index);
  }

  /** The first reason against a site, or the release of each item it reads. */
  private resolveRelease({ required, filtering }: SiteReads): Denial | ReadonlyMap<number, Release> {
    if (required.unknown || !filtering) return toUncatalogued(required.site.coordinate, this.index);
    const numbers = new Set([...required.given, ...filtering]);
    for (const number of numbers) {
      const denial = this.set.denials.get(number);
      if (denial) return denial;
    }
    const chosen = new Map<number, Release>();
    const counted: CountedItem[] = [];
    const isFilter = filtering.length > 0;
    for (const number of numbers) {
      const releases = this.set.releases.get(number);
      if (!releases) continue;
      const fit = releases.filter((release) => !this.findIncompatibility(release, number, required, filtering));
      if (fit.length === 0) return this.findIncompatibility(releases[0]!, number, required, filtering)!;
      const release = fit.find((way) => this.quotas.hasLeft(way, required.site, isFilter, counted));
      const item = this.index.items[number]!;
      if (!release) return this.quotas.toDenial(item, fit);
      if (release.quotaPerDay !== undefined) counted.push({ item, release, fit });
      chosen.set(number, release);
    }
    if (counted.length > 0) this.quotas.count(required.site, isFilter, counted);
    return chosen;
  }

  /** Finds a reason for which a release, good in itself, does not fit the use of the item at this site. */
  private findIncompatibility(
    { mask, rows, grants }: Release,
    number: number,
    { computed }: SiteRequirement,
    filtering: readonly number[],
  ): Denial | undefined {
    const item = this.index.items[number]!;
    const label = `${item.title} (${item.coordinate})`;
    const derived = (computed.get(number) ?? []).map((other) => this.index.items[other]!);
    if (mask && (derived.length > 0 || filtering.includes(number))) {
      const use = derived[0] ? `${derived[0].coordinate} cannot be computed from it` : 'it cannot be filtered by';
      return new Denial('GRANT_REQUIRED', item, `${label} is given de-identified only, so ${use}.`, grants[0]);
    }
    const wide = rows && derived.find((other) => other.scopeBy !== 'division');
    return wide
      ? new Denial(
          'OUT_OF_SCOPE',
          item,
          `${label} is given within rows, and ${wide.coordinate}, which is computed from it, cannot be narrowed to them.`,
          grants[0],
        )
      : undefined;
  }

  /** An item is fetched once for the whole operation. Where another item is computed from the whole of it, with its
   *  owner's consent or under another grant, it cannot be given in part beside that one. */
  private refusePartialInputs(sites: readonly SiteReads[]): void {
    const whole = new Map<number, SiteRequirement>();
    const unmasked = new Map<number, SiteRequirement>();
    for (const { required } of this.released.keys()) {
      for (const number of required.whole) whole.set(number, required);
      for (const number of required.computed.keys()) unmasked.set(number, required);
    }
    for (const [reads, releases] of this.released) {
      const { required } = reads;
      for (const number of required.given) {
        const { rows, mask, grants } = releases.get(number) ?? {};
        const beside = (rows || mask ? whole.get(number) : undefined) ?? (mask ? unmasked.get(number) : undefined);
        if (!beside) continue;
        const item = this.index.items[number]!;
        const message = `${item.title} (${item.coordinate}) is given in part only, and ${beside.site.coordinate} beside it is computed from the whole. Ask for them in two operations.`;
        this.refuse(required, new Denial('OUT_OF_SCOPE', item, message, grants?.[0]));
        break;
      }
    }
    for (const reads of sites) {
      const { site, parent } = reads.required;
      if (this.closed.has(parent)) {
        this.closed.add(site.index);
        this.reasons.delete(site.index);
      }
      if (this.closed.has(site.index)) this.released.delete(reads);
    }
  }

  private collectLimits(): Pick<Verdict, 'limits' | 'grants' | 'consents' | 'filtered'> {
    const scopes: Record<Coordinate, readonly string[]> = {};
    const rows: Record<string, readonly string[]> = {};
    const masks: Record<Coordinate, Mask> = {};
    const divisions: Record<string, string[]> = {};
    const used = new Set<Grant>();
    const read: number[] = [];
    const filtered = new Set<Coordinate>();
    for (const [{ required, filtering }, releases] of this.released) {
      for (const number of filtering!) filtered.add(this.index.items[number]!.coordinate);
      const given = new Set(required.given);
      read.push(...given, ...(filtering ?? []));
      for (const [number, release] of releases) {
        for (const grant of release.grants) used.add(grant);
        const { coordinate } = this.index.items[number]!;
        if (release.mask && given.has(number)) masks[coordinate] = release.mask;
        if (!release.rows) continue;
        const { type } = parseCoordinate(coordinate);
        if (filtering!.includes(number)) {
          rows[type] = intersectPrefixes(rows[type], release.rows);
          addPaths(divisions, type, this.index.items[number]!);
        }
        if (!given.has(number)) continue;
        for (const each of [number, ...(required.computed.get(number) ?? [])]) {
          const item = this.index.items[each]!;
          scopes[item.coordinate] = intersectPrefixes(scopes[item.coordinate], release.rows);
          addPaths(divisions, item.coordinate, item);
        }
      }
    }
    const limits: ReleaseLimits = {
      ...(Object.keys(scopes).length > 0 && { scopes }),
      ...(Object.keys(rows).length > 0 && { rows }),
      ...(Object.keys(masks).length > 0 && { masks }),
      ...(Object.keys(divisions).length > 0 && { divisions }),
    };
    return { limits, grants: [...used], consents: this.set.listConsents(read), filtered: [...filtered] };
  }
}

function addPaths(divisions: Record<string, string[]>, key: string, { scopePaths = [] }: ShareItem): void {
  divisions[key] = [...new Set([...(divisions[key] ?? []), ...scopePaths])];
}

/** The division prefixes that both lists allow. */
function intersectPrefixes(known: readonly string[] | undefined, rows: readonly string[]): readonly string[] {
  if (!known) return rows;
  const both = known.flatMap((a) => rows.flatMap((b) => (a.startsWith(b) ? [a] : b.startsWith(a) ? [b] : [])));
  return [...new Set(both)];
}

/** A coordinate that the index does not know is refused like an item that is not shared. */
function toUncatalogued(coordinate: Coordinate, index: ShareIndex): Denial {
  const item: ShareItem = index.byCoordinate.get(coordinate) ?? {
    coordinate,
    index: -1,
    subgraph: '',
    provider: '',
    title: coordinate,
    shareType: 'NOT_SHARED',
    ownType: 'NOT_SHARED',
    basis: [],
    basic: false,
    needs: [],
    verifiable: false,
    filters: {},
  };
  return new Denial('NOT_SHARED', item, `${coordinate} is not catalogued, so it is not shared.`);
}

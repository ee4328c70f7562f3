import { parseCoordinate, type Coordinate, type Grant, type Mask, type UseMode } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation } from '../request/operation.js';
import { type Release } from './decision.js';
import { Denial } from '../request/denial.js';
import type { DecisionSet } from './decision-set.js';
import { DetailPlan } from './detail-plan.js';
import type { CountedItem, QuotaPlan } from './quota-plan.js';
import type { SiteRequirement } from './requirements.js';
import type { ReleaseLimits, Verdict } from '../request/verdict.js';
import { groupByMode, useOf } from './use-number.js';
import { labelOf, say } from '../request/messages/index.js';

/** A site with the uses that its arguments make under the variables sent; undefined when an item is unknown. */
export interface SiteUses {
  readonly required: SiteRequirement;
  readonly throughArguments: readonly number[] | undefined;
}

/** Builds the verdict on an operation that is not plainly allowed: refusals, limits, quotas. It refuses what no quota can
 *  give any more, before a provider is asked; the uses themselves are taken when the answer is there, see
 *  `QuotaSettlement`. */
export class VerdictBuilder {
  private readonly reasons = new Map<number, Denial>();
  private readonly closed = new Set<number>();
  private readonly released = new Map<SiteUses, ReadonlyMap<number, Release>>();
  private readonly details: DetailPlan;

  constructor(
    private readonly index: ShareIndex,
    private readonly set: DecisionSet,
    private readonly quotas: QuotaPlan,
  ) {
    this.details = new DetailPlan(index, set);
  }

  build(operation: Operation, sites: readonly SiteUses[]): Verdict {
    for (const reads of sites) {
      const { required } = reads;
      // Sites under a refused one are refused with it, without a reason of their own.
      if (this.closed.has(required.parent)) {
        this.closed.add(required.site.index);
        continue;
      }
      const release = this.details.refuse(required) ?? this.resolveRelease(reads);
      if (release instanceof Denial) this.refuse(required, release);
      else {
        this.released.set(reads, release);
        this.details.add(required, reads.throughArguments ?? [], release);
      }
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
  private resolveRelease({ required, throughArguments }: SiteUses): Denial | ReadonlyMap<number, Release> {
    if (required.unknown || !throughArguments) return toUncatalogued(required.site.coordinate, this.index);
    const numbers = new Set([...required.given, ...throughArguments]);
    for (const number of numbers) {
      const denial = this.set.denials.get(number);
      if (denial) return denial;
    }
    const chosen = new Map<number, Release>();
    const counted: CountedItem[] = [];
    const isFilter = throughArguments.length > 0;
    for (const number of numbers) {
      const releases = this.set.releases.get(number);
      if (!releases) continue;
      const fit = releases.filter((release) => !this.findIncompatibility(release, number, required, throughArguments));
      if (fit.length === 0) return this.findIncompatibility(releases[0]!, number, required, throughArguments)!;
      const release = fit.find((way) => this.quotas.hasLeft(way, required.site, isFilter, counted));
      const { item } = useOf(this.index, number);
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
    throughArguments: readonly number[],
  ): Denial | undefined {
    const { item, mode } = useOf(this.index, number);
    const label = labelOf(item);
    const derived = (computed.get(number) ?? []).map((other) => this.index.items[other]!);
    if (mask && (derived.length > 0 || throughArguments.includes(number))) {
      const use = derived[0] ? say('masked.notComputed', { item: derived[0].coordinate }) : say(`masked.${mode}`);
      return new Denial('GRANT_REQUIRED', item, say('item.masked', { item: label, use }), grants[0], mode);
    }
    const wide = rows && derived.find((other) => other.scopeBy !== 'division');
    return wide
      ? new Denial('OUT_OF_SCOPE', item, say('item.tooWide', { item: label, wide: wide.coordinate }), grants[0], mode)
      : undefined;
  }

  /** An item is fetched once for the whole operation. Where another item is computed from the whole of it, with its
   *  owner's consent or under another grant, it cannot be given in part beside that one. */
  private refusePartialInputs(sites: readonly SiteUses[]): void {
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
        const message = say('item.inPart', { item: labelOf(item), beside: beside.site.coordinate });
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

  private collectLimits(): Pick<Verdict, 'limits' | 'grants' | 'consents' | 'throughArguments' | 'mode'> {
    const scopes: Record<Coordinate, readonly string[]> = {};
    const rows: Record<string, readonly string[]> = {};
    const masks: Record<Coordinate, Mask> = {};
    const divisions: Record<string, string[]> = {};
    const grants = new Set<Grant>();
    const read: number[] = [];
    for (const [{ required, throughArguments }, releases] of this.released) {
      const given = new Set(required.given);
      read.push(...given, ...(throughArguments ?? []));
      for (const [number, release] of releases) {
        for (const grant of release.grants) grants.add(grant);
        const { item } = useOf(this.index, number);
        const { coordinate } = item;
        if (release.mask && given.has(number)) masks[coordinate] = release.mask;
        if (!release.rows) continue;
        const { type } = parseCoordinate(coordinate);
        if (throughArguments!.includes(number)) {
          rows[type] = intersectPrefixes(rows[type], release.rows);
          addPaths(divisions, type, item);
        }
        if (!given.has(number)) continue;
        for (const each of [number, ...(required.computed.get(number) ?? [])]) {
          const narrowed = this.index.items[each]!;
          scopes[narrowed.coordinate] = intersectPrefixes(scopes[narrowed.coordinate], release.rows);
          addPaths(divisions, narrowed.coordinate, narrowed);
        }
      }
    }
    const limits: ReleaseLimits = {
      ...(Object.keys(scopes).length > 0 && { scopes }),
      ...(Object.keys(rows).length > 0 && { rows }),
      ...(Object.keys(masks).length > 0 && { masks }),
      ...(Object.keys(divisions).length > 0 && { divisions }),
      ...this.details.limits(this.closed),
    };
    return {
      limits,
      grants: [...grants],
      consents: this.set.listConsents(read),
      ...summariseUses(this.index, [...this.released.keys()]),
    };
  }
}

/** The items that arguments use, and the mode of an operation as a whole: a comparison or a statistic where every value that
 *  is given stands under one.
 *  @param sites  what is allowed, parents before children */
export function summariseUses(
  index: ShareIndex,
  sites: readonly SiteUses[],
): Pick<Verdict, 'throughArguments' | 'mode'> {
  const covered = new Map<number, UseMode>();
  for (const { required, throughArguments } of sites) {
    const modes = new Set((throughArguments ?? []).map((number) => useOf(index, number).mode));
    const own = (['VERIFY', 'STATISTICS'] as const).find((mode) => modes.has(mode));
    covered.set(required.site.index, own ?? covered.get(required.parent) ?? 'QUERY');
  }
  const modes = new Set(covered.values());
  const mode = modes.has('QUERY') || modes.size === 0 ? 'QUERY' : modes.has('VERIFY') ? 'VERIFY' : 'STATISTICS';
  const numbers = sites.flatMap(({ throughArguments }) => throughArguments ?? []);
  return { throughArguments: groupByMode(index, numbers), mode };
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
    source: '',
    provider: '',
    title: coordinate,
    shareType: 'NOT_SHARED',
    ownType: 'NOT_SHARED',
    basis: [],
    basic: false,
    needs: [],
    verifiable: false,
    dimension: false,
    measure: false,
    argumentUses: {},
  };
  return new Denial('NOT_SHARED', item, say('item.notCatalogued', { coordinate }));
}

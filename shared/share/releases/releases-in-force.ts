import type { Coordinate } from '../../kernel/index.js';
import type { ShareIndex } from '../share-index.js';
import { releaseSuccession } from '../succession/succeed-index.js';
import { covers, isLive, type Consent, type Release, type ReleasePolicy } from './release.js';

/** Which releases of a graph the permits and consents of a moment allow. */
export interface ReleasesInForce {
  /** The first stopped release that an item rests on, for every item that rests on one. */
  readonly stoppedItems: ReadonlyMap<Coordinate, Release>;
  /** Consents that an item rests on, for every item that rests on one. */
  readonly consentsOf: ReadonlyMap<Coordinate, readonly Consent[]>;
  /** Releases that must not be made. */
  readonly stopped: ReadonlySet<Release>;
  /** Time at which the next of the consents in use ends, milliseconds. */
  readonly until: number;
}

/** Decides whether a release may be made now, whoever the graph was loaded for.
 *  @param now  milliseconds
 *  @returns    the consent that it rests on, or 'FREE' where it needs none; undefined where it must not be made
 *  @source share-rules section 1, rules 9 and 10 */
export function findReleaseGround(
  release: Release,
  { publishers, consents }: ReleasePolicy,
  now: number,
): Consent | 'FREE' | undefined {
  const departments = publishers.get(release.receiverSubgraph);
  // A subgraph without a permit belongs to nobody, so nothing is released to it.
  if (!departments) return undefined;
  if (release.isFree || departments.includes(release.owner)) return 'FREE';
  return consents.find(
    (consent) => isLive(consent, now) && departments.includes(consent.receiver) && covers(consent, release),
  );
}

/** Applies permits and consents to everything that a graph releases.
 *  @returns undefined for a graph whose releases are not known (permissive mode) */
export function applyReleasePolicy(index: ShareIndex, policy: ReleasePolicy, now: number): ReleasesInForce | undefined {
  if (!index.releases) return undefined;
  const releases = [...index.releases.values()].flat();
  const stoppedItems = new Map<Coordinate, Release>();
  const consentsOf = new Map<Coordinate, Set<Consent>>();
  const stopped = new Set<Release>();
  const grounds = new Map<Release, Consent | 'FREE' | undefined>();
  let until = Infinity;
  const succeed = releaseSuccession(index, policy.successions ?? []);
  for (const release of releases) {
    const ground = findReleaseGround(succeed(release), policy, now);
    grounds.set(release, ground);
    if (ground === undefined) stopped.add(release);
    else if (ground !== 'FREE') until = Math.min(until, ground.until);
  }
  const barred = new Set([...stopped].flatMap((each) => (each.use === 'KEY' ? partOf(each, each.item) : [])));
  for (const release of releases) {
    const ground = grounds.get(release);
    const isOpen = (key: Release): boolean =>
      key.keys?.some((items) => items.every((item) => !barred.has(partOf(key, item)))) ?? false;
    // Another key of the subgraph may do: which one, is known when an operation is planned.
    if (ground === undefined && isOpen(release)) continue;
    for (const item of release.restingItems) {
      if (ground === undefined) {
        if (!stoppedItems.has(item)) stoppedItems.set(item, release);
      } else if (ground !== 'FREE') addTo(consentsOf, item, ground);
    }
  }
  passOn(releases, stoppedItems, consentsOf);
  return {
    stoppedItems,
    stopped,
    consentsOf: new Map([...consentsOf].map(([item, consents]) => [item, [...consents]])),
    until,
  };
}

/** What an item rests on, the items rest on that are computed from it, through chains. */
function passOn(
  releases: readonly Release[],
  stoppedItems: Map<Coordinate, Release>,
  consentsOf: Map<Coordinate, Set<Consent>>,
): void {
  const chains = releases.filter(({ use }) => use === 'REQUIRES');
  for (let changed = true; changed;) {
    changed = false;
    for (const { item, restingItems } of chains) {
      const source = stoppedItems.get(item as Coordinate);
      for (const derived of restingItems) {
        if (source && !stoppedItems.has(derived)) {
          stoppedItems.set(derived, source);
          changed = true;
        }
        for (const consent of consentsOf.get(item as Coordinate) ?? [])
          if (addTo(consentsOf, derived, consent)) changed = true;
      }
    }
  }
}

/** @returns whether it was new */
function addTo(map: Map<Coordinate, Set<Consent>>, item: Coordinate, consent: Consent): boolean {
  const known = map.get(item);
  if (known?.has(consent)) return false;
  if (known) known.add(consent);
  else map.set(item, new Set([consent]));
  return true;
}

/** A part of the keys by which a subgraph resolves a type. */
const partOf = ({ receiverSubgraph, forCoordinate }: Release, item: string): string =>
  `${receiverSubgraph} ${forCoordinate} ${item}`;

import { stricter } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot, PublishedItems } from '../../shared/read-model/read-model.js';
import type { Consent, Publishers, Release } from '../../shared/share/releases/release.js';
import { applyReleasePolicy, type ReleasesInForce } from '../../shared/share/releases/releases-in-force.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import { succeedIndex } from '../../shared/share/succession/succeed-index.js';
import type { Successions } from '../../shared/share/succession/succession.js';

/** An item in force: the statement of its SDL, restricted to what the catalogue has reviewed and published. */
export interface ItemInForce extends ShareItem {
  /** False while its entry is not in force; the item is then given to its own provider only. */
  readonly published?: boolean;
  /** A release that it rests on and that must not be made now; the item is then given to nobody. */
  readonly stopped?: Release;
  /** Consents that it rests on. */
  readonly consents?: readonly Consent[];
}

/** The items of a graph under one state of governance. */
export interface ItemsInForce {
  /** In index order. */
  readonly items: readonly ItemInForce[];
  /** Absent where the graph's releases are not known (permissive mode). */
  readonly releases?: ReleasesInForce | undefined;
}

const NONE: Successions = [];

/** Computes the items in force when governance or the time has changed them, and keeps them otherwise. */
export class ItemsInForceCache {
  private known?: Pick<GovernanceSnapshot, 'published' | 'publishers' | 'consents' | 'successions'> & ItemsInForce;

  constructor(private readonly index: ShareIndex) {}

  find({ published, publishers, consents, successions = NONE }: GovernanceSnapshot, now: number): ItemsInForce {
    const { known } = this;
    if (
      known?.published === published &&
      known?.publishers === publishers &&
      known?.consents === consents &&
      known?.successions === successions &&
      now < (known.releases?.until ?? Infinity)
    )
      return known;
    const releases = applyReleasePolicy(this.index, { publishers, consents, successions }, now);
    const index = succeedIndex(this.index, successions);
    const items = resolveItemsInForce(index, published);
    this.known = {
      published,
      publishers,
      consents,
      successions,
      releases,
      items: releases ? restrictToReleases(items, releases, publishers, index.namedProviders) : items,
    };
    return this.known;
  }
}

/** The items of a graph under the catalogue in force, in index order. Where SDL and catalogue differ, the stricter share
 *  type holds; an item for which they name different providers is given to nobody.
 *  @param published  absent where the SDL alone counts
 *  @source HZ-5.2b, HZ-5.4c, YN-9a, YN-9e */
export function resolveItemsInForce(
  { items, namedProviders }: Pick<ShareIndex, 'items' | 'namedProviders'>,
  published: PublishedItems | undefined,
): readonly ItemInForce[] {
  if (!published) return items;
  return items.map((item): ItemInForce => {
    if (!item.entry) return item;
    const entry = published.get(item.coordinate);
    if (!entry) return toUnpublished(item);
    // A subgraph of several departments states no provider for some of its interface, and is named in its place.
    if (item.provider !== entry.provider && isNamed(item, namedProviders))
      return { ...toUnpublished(item), owner: undefined };
    const ownType = stricter(item.ownType, entry.shareType);
    return ownType === item.ownType ? item : { ...item, ownType, shareType: stricter(item.shareType, ownType) };
  });
}

/** The same items without what a subgraph publishes that has no permit for it, and what rests on a release that must not be
 *  made. @source share-rules section 1, rules 9 and 10 */
function restrictToReleases(
  items: readonly ItemInForce[],
  { stoppedItems, consentsOf }: ReleasesInForce,
  publishers: Publishers,
  namedProviders: ShareIndex['namedProviders'],
): readonly ItemInForce[] {
  const registered = new Set([...publishers.values()].flat());
  const isPermitted = (item: ShareItem): boolean => {
    const { source, provider } = item;
    if (source === '') return true;
    const own = publishers.get(source);
    if (!own) return false;
    return provider === '' || own.includes(provider) || (!registered.has(provider) && !isNamed(item, namedProviders));
  };
  return items.map((item): ItemInForce => {
    const stopped = stoppedItems.get(item.coordinate);
    if (stopped) return { ...item, stopped };
    if (!isPermitted(item)) return { ...toUnpublished(item), owner: undefined };
    const consents = consentsOf.get(item.coordinate);
    return consents ? { ...item, consents } : item;
  });
}

/** False for an item that stands in the index under the name of its subgraph, which names no provider. */
const isNamed = (
  { source, provider }: Pick<ShareItem, 'source' | 'provider'>,
  namedProviders: ShareIndex['namedProviders'],
): boolean => provider !== source || (namedProviders?.get(source)?.has(provider) ?? false);

const toUnpublished = (item: ShareItem): ItemInForce => ({
  ...item,
  ownType: 'NOT_SHARED',
  shareType: 'NOT_SHARED',
  published: false,
});

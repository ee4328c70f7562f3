import { stricter } from '../../shared/kernel/index.js';
import type { PublishedItems } from '../../shared/read-model/read-model.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';

/** An item as it is in force: what its SDL states, as far as the catalogue has reviewed and published it. */
export interface ItemInForce extends ShareItem {
  /** False where its entry is not in force: then it is its own provider's alone. */
  readonly published?: boolean;
}

/** The items of a graph under the catalogue in force, in index order. Where SDL and catalogue differ, the stricter holds;
 *  an item that its SDL gives to
 *  another provider than the catalogue is nobody's.
 *  @param published  absent where the SDL alone counts
 *  @source HZ-5.2b, HZ-5.4c, YN-9a, YN-9e */
export function itemsInForce({ items }: ShareIndex, published: PublishedItems | undefined): readonly ItemInForce[] {
  if (!published) return items;
  return items.map((item): ItemInForce => {
    if (!item.entry) return item;
    const entry = published.get(item.coordinate);
    if (!entry) return unpublished(item);
    // A subgraph of several departments states no provider for some of its interface, and is named in his place.
    if (item.provider !== entry.provider && item.provider !== item.subgraph)
      return { ...unpublished(item), owner: undefined };
    const ownType = stricter(item.ownType, entry.shareType);
    return ownType === item.ownType ? item : { ...item, ownType, shareType: stricter(item.shareType, ownType) };
  });
}

const unpublished = (item: ShareItem): ItemInForce => ({
  ...item,
  ownType: 'NOT_SHARED',
  shareType: 'NOT_SHARED',
  published: false,
});

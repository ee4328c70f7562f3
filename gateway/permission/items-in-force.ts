import { stricter } from '../../shared/kernel/index.js';
import type { PublishedItems } from '../../shared/read-model/read-model.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';

/** An item in force: the statement of its SDL, restricted to what the catalogue has reviewed and published. */
export interface ItemInForce extends ShareItem {
  /** False while its entry is not in force; the item is then given to its own provider only. */
  readonly published?: boolean;
}

/** The items of a graph under the catalogue in force, in index order. Where SDL and catalogue differ, the stricter share
 *  type holds; an item for which they name different providers is given to nobody.
 *  @param published  absent where the SDL alone counts
 *  @source HZ-5.2b, HZ-5.4c, YN-9a, YN-9e */
export function resolveItemsInForce(
  { items }: ShareIndex,
  published: PublishedItems | undefined,
): readonly ItemInForce[] {
  if (!published) return items;
  return items.map((item): ItemInForce => {
    if (!item.entry) return item;
    const entry = published.get(item.coordinate);
    if (!entry) return toUnpublished(item);
    // A subgraph of several departments states no provider for some of its interface, and is named in its place.
    if (item.provider !== entry.provider && item.provider !== item.subgraph)
      return { ...toUnpublished(item), owner: undefined };
    const ownType = stricter(item.ownType, entry.shareType);
    return ownType === item.ownType ? item : { ...item, ownType, shareType: stricter(item.shareType, ownType) };
  });
}

const toUnpublished = (item: ShareItem): ItemInForce => ({
  ...item,
  ownType: 'NOT_SHARED',
  shareType: 'NOT_SHARED',
  published: false,
});

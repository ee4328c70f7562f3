import { ShareTypeTag } from './share-type-tag.js';
import type { NamedItem } from './use-items.js';

/** Items by name, with how each is shared; by coordinate where the catalogue has no name. */
export function ItemList({
  coordinates,
  items,
}: {
  coordinates: readonly string[];
  items: ReadonlyMap<string, NamedItem>;
}) {
  return (
    <ul className="item-list">
      {coordinates.map((coordinate) => (
        <li key={coordinate}>
          {items.get(coordinate)?.name ?? coordinate} <small>{coordinate}</small>{' '}
          <ShareTypeTag shareType={items.get(coordinate)?.shareType ?? null} />
        </li>
      ))}
    </ul>
  );
}

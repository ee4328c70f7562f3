import { USE_MODES, type Coordinate, type UseMode } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';

/** An item in one mode. */
export interface ItemUse {
  readonly item: ShareItem;
  readonly mode: UseMode;
}

/** Number of a use in decision bit sets: the item's own index where its value is given, and behind all of these one block
 *  for each further mode. */
export const toUseNumber = ({ items }: ShareIndex, { index }: ShareItem, mode: UseMode): number =>
  USE_MODES.indexOf(mode) * items.length + index;

export const useOf = ({ items }: ShareIndex, number: number): ItemUse => ({
  item: items[number % items.length]!,
  mode: USE_MODES[Math.floor(number / items.length)]!,
});

export const countUseNumbers = ({ items }: ShareIndex): number => items.length * USE_MODES.length;

/** Coordinates of the items of some uses, by mode, each once. */
export function groupByMode(
  index: ShareIndex,
  numbers: Iterable<number>,
): Readonly<Record<UseMode, readonly Coordinate[]>> {
  const found: Record<UseMode, Coordinate[]> = { QUERY: [], VERIFY: [], STATISTICS: [] };
  for (const number of new Set(numbers)) {
    const { item, mode } = useOf(index, number);
    found[mode].push(item.coordinate);
  }
  return found;
}

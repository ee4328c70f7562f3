import type { ShareItem } from './share-index.js';

/** A text that was written of an item. */
interface WrittenItem {
  readonly item: ShareItem;
  readonly text: string;
}
/** Those of the index that was written last, by coordinate: the next one has most of its items from it. */
let known: ReadonlyMap<string, WrittenItem> = new Map();
const written = new WeakMap<readonly ShareItem[], readonly string[]>();

/** Writes the items of an index as JSON, each without its position. */
export function writeItems(items: readonly ShareItem[]): readonly string[] {
  let texts = written.get(items);
  if (!texts) written.set(items, (texts = writeAll(items)));
  return texts;
}

function writeAll(items: readonly ShareItem[]): readonly string[] {
  const all = new Map<string, WrittenItem>();
  const texts = items.map((item) => {
    const before = known.get(item.coordinate);
    const text = before && isSameItem(before.item, item) ? before.text : writeItem(item);
    all.set(item.coordinate, { item, text });
    return text;
  });
  known = all;
  return texts;
}

const writeItem = ({ index: _, ...item }: ShareItem): string => JSON.stringify(item);

const isSameItem = (one: ShareItem, other: ShareItem): boolean => one === other || hasSame(one, other, 'index');

/** True for values that JSON writes alike.
 *  @param one  strings, numbers, booleans, lists and plain objects, as `other` */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (!Array.isArray(one) || !Array.isArray(other))
    return Array.isArray(one) === Array.isArray(other) && hasSame(one, other);
  return one.length === other.length && one.every((each, at) => isSame(each, other[at]));
}

/** @param except  member that does not count */
function hasSame(one: object, other: object, except?: string): boolean {
  const names = Object.keys(one);
  const others = Object.keys(other);
  return (
    names.length === others.length &&
    names.every(
      (name, at) =>
        name === others[at] && (name === except || isSame(one[name as keyof object], other[name as keyof object])),
    )
  );
}

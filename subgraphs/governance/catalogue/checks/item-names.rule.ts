import type { Text } from '../../../../shared/kernel/index.js';
import { cleanText } from '../../core/text.rule.js';
import { normalizeName } from '../search/name-similarity.rule.js';
import { type CheckFinding, reportError } from './check-finding.rule.js';
import type { CheckedEntry, CheckedItem } from './checked-entry.type.js';
import { say } from '../messages/index.js';

type NamedItem = Pick<CheckedItem, 'name' | 'coordinate'>;

/** The name of an item as a reader tells it from others: width, case, space and punctuation do not count. */
export const toNameKey = (name: string): string => normalizeName(name) || cleanText(name);

/** Items that no subgraph serves and that are named like one that a subgraph serves. */
export function findUnservedTwins<Item extends NamedItem>(
  items: readonly Item[],
  served: readonly NamedItem[],
): { readonly item: Item; readonly twin: NamedItem }[] {
  const byName = new Map(served.map((item) => [toNameKey(item.name), item]));
  return items.flatMap((item) => {
    const twin = item.coordinate ? undefined : byName.get(toNameKey(item.name));
    return twin ? [{ item, twin }] : [];
  });
}

/** Finds described items that would stand beside one of their name in an entry. An item that no subgraph serves is changed
 *  by naming it as it is written.
 *  @param items      items of the entry
 *  @param described  names of described items that no subgraph serves
 *  @returns          problems as human-readable messages */
export function findTakenNames(items: readonly NamedItem[], described: readonly string[]): Text[] {
  const byName = new Map(items.map((item) => [toNameKey(item.name), item]));
  return described.flatMap((text) => {
    const name = cleanText(text);
    const other = byName.get(toNameKey(name));
    if (!other) return [];
    if (other.coordinate) return [say('names.served', { name, coordinate: other.coordinate })];
    return other.name === name ? [] : [say('names.written', { name, other: other.name })];
  });
}

/** An entry has each item once: beside one of the same name, an item that no subgraph serves could not be told apart. */
export function checkItemNames({ items }: CheckedEntry): CheckFinding[] {
  const unserved = items.filter(({ coordinate }) => !coordinate);
  const twins = findUnservedTwins(
    unserved,
    items.filter(({ coordinate }) => coordinate),
  ).map(({ item, twin }) => {
    const message = say('names.servedTwin', { name: item.name, coordinate: twin.coordinate! });
    return reportError('ITEM_REPEATED', message, [], item.name);
  });
  const keys = unserved.map(({ name }) => toNameKey(name));
  const repeated = unserved.filter(({ name }, at) => keys.indexOf(toNameKey(name)) !== at);
  return [
    ...twins,
    ...repeated.map(({ name }) => reportError('ITEM_REPEATED', say('names.twice', { name }), [], name)),
  ];
}

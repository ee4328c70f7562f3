import type { AttributeChange } from '../entry/catalogue-change.entity.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { toHistoryText } from '../entry/history-text.js';
import { toNameKey } from '../checks/item-names.rule.js';
import { say } from '../messages/index.js';
import type { ItemSize } from './cell-kinds.rule.js';
import { COLUMNS, type SheetColumn } from './columns.rule.js';
import type { Fault } from './import-fault.rule.js';
import type { SheetEntry, SheetItem } from './read-entry-rows.rule.js';
import { writeItemCells } from './write-entry-rows.rule.js';

/** Values of an item that change, by the name of the attribute. */
export type ItemValues = Readonly<Record<string, unknown>>;

/** What a file makes of an entry's items. An item that no row names is taken out, unless a subgraph serves it. */
export interface ItemPlan {
  readonly isChanged: boolean;
  readonly added: readonly ItemValues[];
  /** By the item's id. */
  readonly changed: ReadonlyMap<string, ItemValues>;
  /** Ids of items that are taken out. */
  readonly removed: ReadonlySet<string>;
  readonly attributes: readonly AttributeChange[];
}

/** As many items as a form may describe of an entry. */
const MOST_ITEMS = 500;
const ITEM_COLUMNS = COLUMNS.filter(({ of, kind }) => of === 'ITEM' && kind);
const NAME = ITEM_COLUMNS.find(({ key }) => key === 'item')!;

/** Plans what the rows of an entry make of its items.
 *  @param columns  keys of the columns that the file has; the attributes of others stay as they are
 *  @param faults   is filled */
export function planItems(
  sheet: SheetEntry,
  stored: readonly CatalogueItem[],
  columns: ReadonlySet<string>,
  faults: Fault[],
): ItemPlan {
  const seen = new Map<string, number>();
  const matched = new Set<string>();
  const added: ItemValues[] = [];
  const changed = new Map<string, ItemValues>();
  const attributes: AttributeChange[] = [];
  if (sheet.items.length > MOST_ITEMS)
    faults.push({ row: sheet.row, code: 'ITEMS_TOO_MANY', message: say('entry.mostItems', { most: MOST_ITEMS }) });
  for (const item of sheet.items) {
    const coordinate = item.cells['coordinate'] ?? '';
    const name = item.cells['item'] ?? '';
    const fault = faultOf(item, NAME, faults);
    const twin = seen.get(toNameKey(name)) ?? (coordinate === '' ? undefined : seen.get(coordinate));
    if (name === '') fault('VALUE_MISSING', say('bulk.missing'));
    else if (twin !== undefined) fault('ITEM_DOUBLE', say('bulk.itemDouble', { row: twin }));
    if (name !== '') seen.set(toNameKey(name), item.row);
    if (coordinate !== '') seen.set(coordinate, item.row);
    const its = stored.find((each) =>
      coordinate === '' ? !each.coordinate && each.name === name : each.coordinate === coordinate,
    );
    if (!its && coordinate !== '') {
      const column = COLUMNS.find(({ key }) => key === 'coordinate')!;
      faultOf(item, column, faults)('ITEM_UNKNOWN', say('entry.noItem', { code: sheet.code, items: coordinate }));
      continue;
    }
    const served =
      coordinate === '' && stored.find((each) => each.coordinate && toNameKey(each.name) === toNameKey(name));
    if (served) fault('ITEM_DOUBLE', say('names.served', { name, coordinate: served.coordinate! }));
    const { values, changes } = readItem(item, its, columns, faults);
    if (!its) added.push(values);
    else {
      matched.add(its.id);
      if (Object.keys(values).length > 0) changed.set(its.id, values);
    }
    if (its) attributes.push(...changes);
    else attributes.push({ attribute: name, before: null, after: name });
  }
  const removed = stored.filter(({ id, coordinate }) => !coordinate && !matched.has(id));
  attributes.push(...removed.map(({ name }) => ({ attribute: name, before: name, after: null })));
  return {
    isChanged: added.length > 0 || changed.size > 0 || removed.length > 0,
    added,
    changed,
    removed: new Set(removed.map(({ id }) => id)),
    attributes,
  };
}

const faultOf =
  ({ row, cells }: SheetItem, { key, heading }: SheetColumn, faults: Fault[]) =>
  (code: Fault['code'], message: Fault['message']): void =>
    void faults.push({ row, column: heading, value: cells[key] ?? '', code, message });

function readItem(
  item: SheetItem,
  stored: CatalogueItem | undefined,
  columns: ReadonlySet<string>,
  faults: Fault[],
): { readonly values: ItemValues; readonly changes: AttributeChange[] } {
  const before = stored ? writeItemCells(stored) : {};
  const values: Record<string, unknown> = {};
  const changes: AttributeChange[] = [];
  for (const column of ITEM_COLUMNS) {
    const { key, heading, kind, stated } = column;
    if (!columns.has(key)) continue;
    const text = item.cells[key] ?? '';
    if (text === (before[key] ?? '') || (!stored && text === '')) continue;
    const fault = faultOf(item, column, faults);
    if (stored?.coordinate && stated) {
      fault('STATED_IN_SCHEMA', say('bulk.stated', { before: before[key] || '—' }));
      continue;
    }
    const reading = text === '' ? { value: kind!.empty } : kind!.read(text, heading);
    if ('code' in reading) {
      fault(reading.code, reading.message);
      continue;
    }
    if (key === 'size') Object.assign(values, reading.value as ItemSize);
    else values[key === 'item' ? 'name' : key] = reading.value;
    const attribute = `${item.cells['coordinate'] || item.cells['item']!} ${key}`;
    changes.push({ attribute, before: toHistoryText(before[key]), after: toHistoryText(text) });
  }
  return { values, changes };
}

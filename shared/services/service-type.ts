import type { ServiceAccess } from '../declaration/service-schema.js';
import { compareValues } from './condition.js';
import { readItem, UNFIT, type ServiceItem } from './read-item.js';
import type { RawRow } from './read-answer.js';
import { valueAtPointer } from './json-pointer.js';
import { SourceFault } from '../sources/source-fault.js';
import { keyText } from './service-calls.js';

/** A type whose rows a service gives. */
export interface ServiceType {
  /** In the graph. */
  readonly name: string;
  readonly items: readonly ServiceItem[];
  /** Sets of items that name one row each; the first is the row's identity. */
  readonly keys: readonly (readonly string[])[];
  readonly access: ServiceAccess;
  /** How long answers are kept, milliseconds; 0 for not at all. */
  readonly keptMs: number;
}
/** A row by its items; a value that is not of its item's type is UNFIT. */
export type ServiceRow = Record<string, unknown>;

/** Reads items of a row.
 *  @throws SourceFault KEY_MISSING where its identity cannot be read */
export function toServiceRow(
  { items, keys }: ServiceType,
  raw: RawRow,
  wanted: ReadonlySet<string>,
  timeZone: string,
): ServiceRow {
  const [key = []] = keys;
  const row: ServiceRow = {};
  for (const item of items)
    if (wanted.has(item.name) || key.includes(item.name))
      row[item.name] = readItem(item, valueAtPointer(raw, item.at), timeZone);
  for (const item of key)
    if (row[item] === UNFIT || row[item] === '' || row[item] === null) throw new SourceFault('KEY_MISSING', item);
  return row;
}

export const identityOf = ({ keys: [key = []] }: ServiceType, row: ServiceRow): string =>
  keyText(key.map((item) => row[item]));

/** Order of two rows by the given items. */
export function compareRows(items: readonly string[], one: ServiceRow, other: ServiceRow): number {
  for (const item of items) {
    const order = compareValues(one[item], other[item]);
    if (order !== 0) return order;
  }
  return 0;
}

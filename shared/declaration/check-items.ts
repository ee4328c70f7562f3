import type { Refuse } from './declaration-problem.js';
import type { DeclaredItem, DeclaredType } from './declaration-schema.js';
import { enumName, RESERVED_ITEMS } from './graph-names.js';

/** Finds items that cannot be served as they are declared. */
export function checkItems(name: string, type: DeclaredType, refuse: Refuse): void {
  const path = ['types', name, 'items'];
  if (Object.keys(type.items).length === 0) refuse('ITEM_UNKNOWN', path, `${name} has no item.`);
  const scopes = Object.keys(type.items).filter((item) => type.items[item]!.scope !== undefined);
  for (const item of scopes.slice(1))
    refuse(
      'SCOPE_UNFIT',
      [...path, item, 'scope'],
      `Rows are narrowed by one item, and ${scopes[0]} is marked already.`,
    );
  checkHeadings(name, type, refuse);
  for (const [item, each] of Object.entries(type.items)) {
    const at = [...path, item];
    if (RESERVED_ITEMS.has(item)) refuse('NAME_RESERVED', at, `${item} is no name for an item. Use another.`);
    if (!each.share && !type.share)
      refuse('SHARE_MISSING', at, `has no share type, and ${name} has none either. Say \`share: { type: … }\`.`);
    checkText(name, item, each, at, refuse);
    checkValues(each, [...at, 'values'], refuse);
  }
}

const isText = ({ type }: DeclaredItem): boolean => type === 'String' || type === 'ID';

function checkText(name: string, item: string, each: DeclaredItem, at: readonly string[], refuse: Refuse): void {
  const plain = isText(each) && enumName(name, item, each) === undefined;
  if (each.mask !== undefined && each.mask !== 'HIDDEN' && !plain)
    refuse(
      'MASK_UNFIT',
      [...at, 'mask'],
      'is a form of single texts: the item must be a String or ID. Use HIDDEN, or none.',
    );
  if (each.scope !== undefined && (!isText(each) || each.values !== undefined))
    refuse('SCOPE_UNFIT', [...at, 'scope'], 'must stand at the String or ID that holds the division code.');
  if (each.scope !== undefined && each.format !== undefined && each.format !== 'DIVISION_CODE')
    refuse('SCOPE_UNFIT', [...at, 'scope'], `must stand at a division code, and this is a ${each.format}.`);
  if (each.format !== undefined && (!isText(each) || each.values !== undefined))
    refuse('VALUES_UNFIT', [...at, 'format'], 'is of a String or ID without a code list.');
}

function checkValues({ type, values }: DeclaredItem, path: readonly string[], refuse: Refuse): void {
  if (!values) return;
  if (type !== 'String') refuse('VALUES_UNFIT', path, 'are codes: the item must be a String.');
  const codes = new Set<string>();
  for (const [index, { code }] of values.entries()) {
    if (codes.has(code)) refuse('VALUES_UNFIT', [...path, index], `has the code ${code} twice.`);
    codes.add(code);
  }
}

/** A heading of a file stands for one item. */
function checkHeadings(name: string, type: DeclaredType, refuse: Refuse): void {
  const taken = new Map<string, string>();
  for (const [item, each] of Object.entries(type.items))
    for (const heading of headingsOf(item, each)) {
      const other = taken.get(heading.toLowerCase());
      if (other !== undefined && other !== item)
        refuse('NAME_TAKEN', ['types', name, 'items', item], `${heading} is a heading of ${other} already.`);
      taken.set(heading.toLowerCase(), item);
    }
}

/** Headings of files that are taken for an item. */
export const headingsOf = (item: string, { title, column, headings }: DeclaredItem): string[] => [
  ...new Set([item, title, ...(column === undefined ? [] : [column]), ...headings]),
];

import { cleanText } from '../../core/index.js';
import type { AttributeChange } from './catalogue-change.entity.js';
import type { ItemDetails, ResourceDetails } from './catalogue-input.js';
import type { CatalogueItem } from './catalogue-item.entity.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';
import { shown } from './shown.js';
import { rowOfItem, type EntryStore, type ItemRow, type Step } from './entry-store.js';

const TEXTS = [
  'abstract',
  'theme',
  'shareScope',
  'timeliness',
  'collectionScope',
  'updateCycle',
  'securityGrade',
  'duty',
] as const;
const CHOICES = ['format', 'method', 'openness', 'supplement'] as const;
const LISTS = ['opennessBasis', 'legalBasis', 'related'] as const;

export interface Described {
  readonly resource: CatalogueResource;
  readonly attributes: readonly AttributeChange[];
  /** Coordinates that the entry does not have; then nothing was changed. */
  readonly unknown: readonly string[];
}

/** Writes what a form says into an entry. */
export async function describe(
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  given: ResourceDetails,
  store: EntryStore,
  step: Step,
): Promise<Described> {
  const attributes: AttributeChange[] = [];
  const changes: Record<string, unknown> = {};
  const set = (name: string, before: unknown, after: unknown) => {
    if (shown(before) === shown(after)) return;
    attributes.push({ attribute: name, before: shown(before), after: shown(after) });
    changes[name] = after;
  };
  for (const name of TEXTS)
    if (given[name] !== undefined && !(name === 'updateCycle' && entry.subgraph))
      set(name, entry[name], cleanText(given[name]) || null);
  for (const name of CHOICES) if (given[name] !== undefined) set(name, entry[name], given[name]);
  for (const name of LISTS) if (given[name] !== undefined) set(name, entry[name], given[name].map(cleanText));
  const unknown = (given.items ?? []).flatMap(({ coordinate }) =>
    coordinate !== undefined && !items.some((item) => item.coordinate === coordinate) ? [coordinate] : [],
  );
  if (unknown.length > 0) return { resource: entry, attributes: [], unknown };
  const rows = given.items && itemsWith(items, given.items, entry.provider, attributes);
  const resource = await store.change(entry, changes, { ...step, attributes });
  if (rows) await store.putItems(resource, rows);
  return { resource, attributes, unknown };
}

function itemsWith(
  items: readonly CatalogueItem[],
  given: readonly ItemDetails[],
  provider: string,
  attributes: AttributeChange[],
): ItemRow[] {
  const rows = items.map(rowOfItem);
  for (const details of given) {
    const name = details.name === undefined ? undefined : cleanText(details.name);
    let row = rows.find((each) =>
      details.coordinate ? each.coordinate === details.coordinate : !each.coordinate && each.name === name,
    );
    if (!row) rows.push((row = { name: name!, provider, basis: [], basic: false, identifier: false }));
    const { dataType, length, shareType, condition, reason, basis, basic } = details;
    for (const [key, value] of Object.entries({ dataType, length, shareType, condition, reason, basis, basic })) {
      if (value === undefined) continue;
      const before = shown((row as Record<string, unknown>)[key]);
      if (before === shown(value)) continue;
      attributes.push({ attribute: `${details.coordinate ?? name} ${key}`, before, after: shown(value) });
      Object.assign(row, { [key]: value });
    }
  }
  return rows;
}

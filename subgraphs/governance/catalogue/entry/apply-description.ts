import { cleanText } from '../../core/index.js';
import type { AttributeChange } from './catalogue-change.entity.js';
import type { CatalogueItem } from './catalogue-item.entity.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';
import { toItemRow, type EntryStore, type ItemRow } from './entry.store.js';
import { toHistoryText } from './history-text.js';
import type { ItemDetails, ResourceDetails } from './resource-input.js';

const TEXTS = [
  'abstract',
  'theme',
  'formatType',
  'opennessCondition',
  'shareScope',
  'timeliness',
  'collectionScope',
  'updateCycle',
  'securityGrade',
  'duty',
] as const;
const CHOICES = ['format', 'method', 'openness', 'supplement'] as const;
const LISTS = ['opennessBasis', 'legalBasis', 'related'] as const;

export interface AppliedDescription {
  readonly resource: CatalogueResource;
  readonly attributes: readonly AttributeChange[];
}

/** Writes the facts of a form into an entry that has every item which the form names by coordinate. */
export async function applyDescription(
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  details: ResourceDetails,
  store: EntryStore,
): Promise<AppliedDescription> {
  const attributes: AttributeChange[] = [];
  const changes: Record<string, unknown> = {};
  const set = (name: string, before: unknown, after: unknown) => {
    if (toHistoryText(before) === toHistoryText(after)) return;
    attributes.push({ attribute: name, before: toHistoryText(before), after: toHistoryText(after) });
    changes[name] = after;
  };
  for (const name of TEXTS)
    if (details[name] !== undefined && !(name === 'updateCycle' && entry.subgraph))
      set(name, entry[name], cleanText(details[name]) || null);
  for (const name of CHOICES) if (details[name] !== undefined) set(name, entry[name], details[name]);
  for (const name of LISTS) if (details[name] !== undefined) set(name, entry[name], details[name].map(cleanText));
  const rows = details.items && applyItemDetails(items, details.items, entry.provider, attributes);
  const resource = await store.changeRevision(entry, changes, { act: 'DESCRIBE_RESOURCE', attributes });
  if (rows) await store.replaceItems(resource, rows);
  return { resource, attributes };
}

function applyItemDetails(
  items: readonly CatalogueItem[],
  allDetails: readonly ItemDetails[],
  provider: string,
  attributes: AttributeChange[],
): ItemRow[] {
  const rows = items.map(toItemRow);
  for (const { coordinate, name: givenName, ...facts } of allDetails) {
    const name = givenName === undefined ? undefined : cleanText(givenName);
    let row = rows.find((each) =>
      coordinate ? each.coordinate === coordinate : !each.coordinate && each.name === name,
    );
    if (!row) rows.push((row = { name: name!, provider, basis: [], basic: false, identifier: false }));
    for (const [fact, value] of Object.entries(facts)) {
      if (value === undefined) continue;
      const before = toHistoryText((row as Record<string, unknown>)[fact]);
      const after = toHistoryText(value);
      if (before === after) continue;
      attributes.push({ attribute: `${coordinate ?? name} ${fact}`, before, after });
      Object.assign(row, { [fact]: value });
    }
  }
  return rows;
}

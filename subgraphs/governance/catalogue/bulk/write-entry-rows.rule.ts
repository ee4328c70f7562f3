import { CATALOGUE_STATES } from '../checks/vocabulary.rule.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { flagCell } from './cell-kinds.rule.js';
import { COLUMNS, methodClassOf, splitCode } from './columns.rule.js';

/** Cells of a row by the key of their column. */
export type Cells = Readonly<Record<string, string>>;

/** The provider of entries, as their rows tell it. */
export interface ProviderWords {
  readonly name: string;
  readonly creditCode: string | null;
}

/** Facts that rows tell and that no entry holds. */
export interface RowWords {
  readonly provider: ProviderWords;
  /** Writes an instant as a local day. */
  readonly dayOf: (at: Date) => string;
}

type EntryFacts = Partial<CatalogueResource>;
type ItemFacts = Partial<CatalogueItem>;

/** The attributes of an entry as cells. */
export function writeEntryCells(entry: EntryFacts): Cells {
  const facts = entry as Readonly<Record<string, unknown>>;
  const cells: Record<string, string> = {};
  for (const { key, kind, of } of COLUMNS) if (of === 'ENTRY' && kind) cells[key] = kind.write(facts[key]);
  return {
    ...cells,
    ...splitCode(entry.code ?? ''),
    code: entry.code ?? '',
    methodClass: methodClassOf(entry.method),
    isOpen: entry.openness == null ? '' : entry.openness === 'NOT_OPEN' ? '否' : '是',
  };
}

/** The attributes of an item as cells. */
export function writeItemCells(item: ItemFacts): Cells {
  const facts = item as Readonly<Record<string, unknown>>;
  const cells: Record<string, string> = {};
  for (const { key, kind, of } of COLUMNS) if (of === 'ITEM' && kind) cells[key] = kind.write(facts[key]);
  return {
    ...cells,
    item: item.name ?? '',
    size: COLUMNS.find(({ key }) => key === 'size')!.kind!.write(item),
    coordinate: item.coordinate ?? '',
    sdlType: item.sdlType ?? '',
    identifier: flagCell.write(item.identifier),
  };
}

/** Writes an entry as rows in the order of the columns: one for each item; one alone where it has none. */
export function writeEntryRows(
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  { provider, dayOf }: RowWords,
): string[][] {
  const common: Cells = {
    ...writeEntryCells(entry),
    provider: provider.name,
    creditCode: provider.creditCode ?? '',
    publishedAt: entry.publishedAt ? dayOf(entry.publishedAt) : '',
    subgraph: entry.subgraph ?? '',
    typeName: entry.typeName ?? '',
    state: CATALOGUE_STATES[entry.state],
    revision: String(entry.revision),
    version: String(entry.version),
  };
  const each: readonly Cells[] = items.length > 0 ? items.map(writeItemCells) : [{}];
  return each.map((cells) => COLUMNS.map(({ key }) => cells[key] ?? common[key] ?? ''));
}

export const HEADINGS: readonly string[] = COLUMNS.map(({ heading }) => heading);

import type { Line } from '../list/list-text.js';

/** An entry in force as the hub gives it. */
export type CatalogueEntry = Readonly<Record<(typeof ENTRY_FIELDS)[number], string | readonly string[] | null>> & {
  readonly items: readonly Readonly<Record<string, string | readonly string[] | boolean | null>>[];
};

const ENTRY_FIELDS = [
  'code',
  'name',
  'abstract',
  'provider',
  'category',
  'library',
  'format',
  'method',
  'updateCycle',
  'timeliness',
  'shareScope',
  'openness',
  'opennessBasis',
  'publishedAt',
  'kind',
] as const;
const ITEM_FIELDS = ['name', 'coordinate', 'dataType', 'basic', 'shareType', 'condition', 'basis'] as const;

/** Fields of an entry that the export asks for. */
export const SELECTION = `${ENTRY_FIELDS.join(' ')} items { ${ITEM_FIELDS.join(' ')} }`;

/** The two catalogues that are made of the same entries: of the data itself, and of how it is shared and opened.
 *  @source HZ-4.2b */
export const CATALOGUES = {
  data: [
    'code',
    'name',
    'abstract',
    'provider',
    'category',
    'library',
    'format',
    'updateCycle',
    'timeliness',
    'publishedAt',
    'item',
    'coordinate',
    'dataType',
    'basic',
  ],
  sharing: [
    'code',
    'name',
    'provider',
    'method',
    'updateCycle',
    'shareScope',
    'openness',
    'opennessBasis',
    'publishedAt',
    'item',
    'coordinate',
    'shareType',
    'condition',
    'basis',
  ],
} as const satisfies Record<string, readonly string[]>;
export type CatalogueName = keyof typeof CATALOGUES;

/** Writes the lines of a catalogue, one for each item. The catalogue of sharing and opening leaves out items that are
 *  neither shared nor open. */
export const toCatalogueLines = (name: CatalogueName, entries: readonly CatalogueEntry[]): Line[] =>
  entries
    .filter(({ kind }) => kind === 'DATA')
    .flatMap(({ items, ...entry }) =>
      items
        .filter(({ shareType }) => name === 'data' || shareType !== 'NOT_SHARED' || entry.openness !== 'NOT_OPEN')
        .map(({ name: item, basic, ...rest }) => ({ ...entry, ...rest, item, basic: String(basic) })),
    )
    .map((line: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(CATALOGUES[name].map((field) => [field, (line[field] ?? null) as Line[string]])),
    );

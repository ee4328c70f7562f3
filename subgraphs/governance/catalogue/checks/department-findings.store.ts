import type { EntityManager } from '@mikro-orm/postgresql';
import { OPEN_STATES } from './vocabulary.rule.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { EntryWithItems } from './check-stored-entries.js';

const FRESH = { disableIdentityMap: true, orderBy: { id: 'asc' } } as const;

/** Revisions of a department that are worked on or in force, with their items, in the order of their ids. */
export async function listEntriesWithItems(
  em: EntityManager,
  provider: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<EntryWithItems[]> {
  const entries = await em.find(
    CatalogueResource,
    { provider, supersededAt: null, state: { $in: [...OPEN_STATES, 'PUBLISHED'] }, id: { $gt: after } },
    { ...FRESH, limit },
  );
  const items = await em.find(CatalogueItem, { resource: { $in: entries.map(({ id }) => id) } }, FRESH);
  const itemsByEntry = Map.groupBy(items, ({ resource }) => resource);
  return entries.map((entry) => ({ entry, items: itemsByEntry.get(entry.id) ?? [] }));
}

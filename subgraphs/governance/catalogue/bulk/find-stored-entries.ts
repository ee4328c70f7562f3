import type { EntityManager } from '@mikro-orm/postgresql';
import { CURRENT_STATES, OPEN_STATES } from '../checks/vocabulary.rule.js';
import { CatalogueItem } from '../entry/catalogue-item.entity.js';
import { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { RowCondition } from '../../../../shared/subgraph/index.js';
import type { StoredEntry } from './plan-entry.js';

const FRESH = { disableIdentityMap: true } as const;
const OPEN: readonly string[] = OPEN_STATES;

/** Entries of data in their order by code, each as it is worked on, else as it is in force; withdrawn ones are none. */
export async function findStoredEntries(
  em: EntityManager,
  where: RowCondition<CatalogueResource>,
): Promise<StoredEntry[]> {
  const states = [...OPEN_STATES, ...CURRENT_STATES];
  const found = await em.find(
    CatalogueResource,
    { $and: [where, { kind: 'DATA', supersededAt: null, state: { $in: states } }] },
    { ...FRESH, orderBy: { code: 'asc', revision: 'asc' } },
  );
  const entries = new Map<string, CatalogueResource>();
  for (const entry of found) if (!entries.has(entry.code) || OPEN.includes(entry.state)) entries.set(entry.code, entry);
  const ids = [...entries.values()].map(({ id }) => id);
  const items = await em.find(CatalogueItem, { resource: { $in: ids } }, { ...FRESH, orderBy: { id: 'asc' } });
  const byEntry = Map.groupBy(items, ({ resource }) => resource);
  return [...entries.values()].map((entry) => ({ entry, items: byEntry.get(entry.id) ?? [] }));
}

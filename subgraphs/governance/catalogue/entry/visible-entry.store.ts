import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { seesAll } from '../../core/index.js';
import type { EntryWithItems } from '../checks/check-stored-entries.js';
import { CURRENT_STATES, OPEN_STATES } from '../checks/vocabulary.rule.js';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import { filterVisibleEntries } from './filter-entries.js';

type Caller = Pick<FetchContext, 'department' | 'roles'>;

const FRESH = { disableIdentityMap: true } as const;

/** The revision of a code that is worked on, else the one in force; undefined where the caller may not see it. */
export async function findVisibleEntry(
  em: EntityManager,
  code: string,
  caller: Caller,
): Promise<EntryWithItems | undefined> {
  const named = { code, supersededAt: null };
  const entry =
    (await em.findOne(CatalogueResource, { ...named, state: { $in: OPEN_STATES } }, FRESH)) ??
    (await em.findOne(CatalogueResource, { ...named, state: { $in: CURRENT_STATES } }, FRESH));
  if (!entry) return undefined;
  const visible = await em.count(CatalogueResource, { $and: [{ id: entry.id }, filterVisibleEntries(caller)] });
  if (visible === 0) return undefined;
  return { entry, items: await em.find(CatalogueItem, { resource: entry.id }, { ...FRESH, orderBy: { id: 'asc' } }) };
}

/** Reports whether a caller may read an entry's history: its provider and those who see all departments. */
export const mayReadHistory = async (em: EntityManager, code: string, caller: Caller): Promise<boolean> =>
  seesAll(caller) || (await em.count(CatalogueResource, { code, provider: caller.department })) > 0;

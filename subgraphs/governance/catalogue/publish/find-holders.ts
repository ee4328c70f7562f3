import type { EntityManager } from '@mikro-orm/postgresql';
import type { GovernanceContext } from '../../core/index.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';

/** Departments that have a live grant of one of the items: a change of their entry concerns them. */
export const findHolders = (
  { own }: GovernanceContext,
  em: EntityManager,
  items: readonly Pick<CatalogueItem, 'coordinate'>[],
): Promise<string[]> =>
  own.findGrantHolders(
    em,
    items.flatMap(({ coordinate }) => coordinate ?? []),
    own.now(),
  );

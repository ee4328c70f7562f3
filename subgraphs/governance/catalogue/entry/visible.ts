import type { FilterQuery } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { seesAll } from '../../core/index.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';

/** What a caller sees of the catalogue: what is in force, all; what is worked on, its provider and those who review it. */
export function visible(fetch: Pick<FetchContext, 'department' | 'roles'>): FilterQuery<CatalogueResource> {
  if (seesAll(fetch)) return {};
  const open: FilterQuery<CatalogueResource>[] = [{ state: 'PUBLISHED' }, { provider: fetch.department }];
  if (fetch.roles?.includes('secrecy-reviewer')) open.push({ state: { $in: ['SUBMITTED', 'APPROVED'] } });
  return { $or: open };
}

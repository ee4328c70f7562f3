import type { RowCondition } from '../../../../shared/subgraph/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { seesAll } from '../../core/index.js';
import type { CatalogueState } from './catalogue-enums.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';

type Caller = Pick<FetchContext, 'department' | 'roles'>;

export interface EntryFilter {
  readonly provider?: string | null | undefined;
  readonly library?: string | null | undefined;
  readonly state?: CatalogueState | null | undefined;
  readonly code?: string | null | undefined;
  /** Revisions too that a later one has replaced. */
  readonly superseded: boolean;
}

/** Selects the entries that a caller may see: published ones, all of their own department's and, for those who review,
 *  the ones that wait for review. */
export function filterVisibleEntries(caller: Caller): RowCondition<CatalogueResource> {
  if (seesAll(caller)) return {};
  const visible: RowCondition<CatalogueResource>[] = [{ state: 'PUBLISHED' }, { provider: caller.department }];
  if (caller.roles?.includes('secrecy-reviewer')) visible.push({ state: { $in: ['SUBMITTED', 'APPROVED'] } });
  return { $or: visible };
}

/** Selects the entries of a list. */
export function filterEntries(
  caller: Caller,
  { provider, library, state, code, superseded }: EntryFilter,
): RowCondition<CatalogueResource> {
  const conditions = [filterVisibleEntries(caller)];
  if (provider != null) conditions.push({ provider });
  if (library != null) conditions.push({ library });
  if (state != null) conditions.push({ state });
  if (code != null) conditions.push({ code });
  if (!superseded) conditions.push({ supersededAt: null });
  return { $and: conditions };
}

/** Selects one entry by its id, `101001/000001@1`, or the published revision of a code. */
export function filterEntryById(caller: Caller, id: string): RowCondition<CatalogueResource> {
  const named: RowCondition<CatalogueResource> = id.includes('@')
    ? { id }
    : { code: id, state: 'PUBLISHED', supersededAt: null };
  return { $and: [named, filterVisibleEntries(caller)] };
}

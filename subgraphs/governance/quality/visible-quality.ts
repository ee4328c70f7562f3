import type { FetchContext } from '../../../shared/trust/signed-context.js';
import type { RowCondition } from '../../../shared/subgraph/index.js';
import { seesAll } from '../core/index.js';

interface Owned {
  readonly provider: string;
}

/** Rules, runs and tickets that a caller may see: of the own department; all for those who oversee. */
export const visibleQuality = <T extends Owned>(fetch: FetchContext): RowCondition<T> =>
  (seesAll(fetch) ? {} : { provider: fetch.department }) as RowCondition<T>;

export const isOwner = ({ provider }: Owned, { department }: Pick<FetchContext, 'department'>): boolean =>
  provider === department;

/** Numbers under this are shown to nobody but the owner: of few records a number tells which they are. */
export const LEAST_SHOWN = 10;

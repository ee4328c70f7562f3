import type { FetchContext } from '../../../../../shared/trust/signed-context.js';
import type { RowCondition } from '../../../../../shared/subgraph/index.js';
import { seesAll } from '../../../core/index.js';

interface Owned {
  readonly leftOwner: string;
  readonly rightOwner: string;
}

/** Checks and runs that a caller may see: those of the own items; all for those who oversee. */
export const visibleChecks = <T extends Owned>(fetch: FetchContext): RowCondition<T> =>
  (seesAll(fetch)
    ? {}
    : { $or: [{ leftOwner: fetch.department }, { rightOwner: fetch.department }] }) as RowCondition<T>;

export const isParty = ({ leftOwner, rightOwner }: Owned, { department }: Pick<FetchContext, 'department'>): boolean =>
  department === leftOwner || department === rightOwner;

import type { FetchContext } from '../../../shared/trust/signed-context.js';
import { readsEverything } from '../core/index.js';

/** Uses that a reader may see: all of them; those of the own department whole; and of others' uses the part that touches
 *  items that the own department provides.
 *  @source QZ-8.4f, YN-33c (provider), CZ-13b (consumer), YN-34a (authority) */
export interface UseVisibility {
  readonly all: boolean;
  /** Department whose own uses may be seen. */
  readonly consumer?: string;
  /** Department whose items' uses may be seen. */
  readonly provider?: string;
}

export function useVisibility({ department, roles = [] }: Pick<FetchContext, 'department' | 'roles'>): UseVisibility {
  return {
    all: readsEverything({ roles }),
    ...(department !== '' && roles.includes('consumer') && { consumer: department }),
    ...(department !== '' && roles.includes('provider') && { provider: department }),
  };
}

export const seesWholeUse = ({ all, consumer }: UseVisibility, department: string | null): boolean =>
  all || (consumer !== undefined && consumer === department);

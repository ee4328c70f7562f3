import type { FetchContext } from '../../../shared/trust/signed-context.js';

/** What somebody may see of the uses: all of them, those of the own department whole, and of others' the part that
 *  touches items that the own department provides.
 *  @source QZ-8.4f, YN-33c (provider), CZ-13b (consumer), YN-34a (authority) */
export interface Viewer {
  readonly all: boolean;
  /** Department whose own uses may be seen. */
  readonly consumer?: string;
  /** Department whose items' uses may be seen. */
  readonly provider?: string;
}

export function viewerOf({ department, roles = [] }: Pick<FetchContext, 'department' | 'roles'>): Viewer {
  return {
    all: roles.includes('auditor') || roles.includes('authority'),
    ...(department !== '' && roles.includes('consumer') && { consumer: department }),
    ...(department !== '' && roles.includes('provider') && { provider: department }),
  };
}

/** Whether all of a department's use may be seen. */
export const seesWhole = ({ all, consumer }: Viewer, department: string | null): boolean =>
  all || (consumer !== undefined && consumer === department);

import type { Grant } from '../../shared/kernel/index.js';

/** The uses of one place of an operation, and the grants that may be charged with them. */
export interface SiteCharge {
  readonly site: number;
  /** Number of uses; 0 where nothing was written. */
  readonly uses: number;
  /** For each item that rests on a quota: the grants that give it alike, the preferred first. */
  readonly charges: readonly (readonly Grant[])[];
}

export interface Allocation {
  /** Uses to take, by grant id. */
  readonly uses: ReadonlyMap<string, number>;
  /** Sites whose uses fit into no quota, with the grant that lacks them. */
  readonly refused: ReadonlyMap<number, Grant>;
}

/** Shares out what is left of quotas: in the order of the operation, each site whole or not at all. A site that does not
 *  fit is refused, and a later one that does is given. A grant that several items of one site rest on is charged once.
 *  @param left  uses that are left of a grant
 *  @source share-rules section 2 */
export function allocateUses(sites: readonly SiteCharge[], left: (grant: Grant) => number): Allocation {
  const uses = new Map<string, number>();
  const refused = new Map<number, Grant>();
  for (const site of sites) {
    if (site.uses === 0) continue;
    const chosen = new Set<string>();
    for (const ways of site.charges) {
      if (ways.some(({ id }) => chosen.has(id))) continue;
      const grant = ways.find((way) => left(way) - (uses.get(way.id) ?? 0) >= site.uses);
      if (!grant) {
        refused.set(site.site, ways[0]!);
        break;
      }
      chosen.add(grant.id);
    }
    if (!refused.has(site.site)) for (const id of chosen) uses.set(id, (uses.get(id) ?? 0) + site.uses);
  }
  return { uses, refused };
}

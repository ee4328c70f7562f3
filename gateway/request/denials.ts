/** The refused sites as a bit set: bit `i` of word `i >> 5`. A denied composite site denies all below it. */
export type Denials = Uint32Array;

export const isDenied = (denials: Denials, site: number): boolean =>
  site >= 0 && ((denials[site >> 5] ?? 0) & (1 << (site & 31))) !== 0;

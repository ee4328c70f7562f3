/** Longest time for which uses are sealed at once; who needs longer decides anew. */
const LONGEST_MS = 3 * 366 * 24 * 60 * 60 * 1000;

interface SealTerms {
  readonly from: Date;
  readonly until: Date;
  readonly basis: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Everything that is wrong with a seal, told at once. A seal without a provision, without an end, or over what has
 *  been told already, is none.
 *  @returns sentences for the authority; none when it can be made */
export function wrongSeal({ from, until, basis, now }: SealTerms): string[] {
  const wrong: string[] = [];
  if (basis.length === 0 || basis.some((provision) => provision.trim() === ''))
    wrong.push('Name in `basis` the provision that allows it.');
  if (!(from < until)) wrong.push('`until` must be later than `from`.');
  if (!(until.getTime() > now)) wrong.push('`until` must lie in the future.');
  if (until.getTime() > now + LONGEST_MS) wrong.push('`until` must be at most three years from now.');
  return wrong;
}

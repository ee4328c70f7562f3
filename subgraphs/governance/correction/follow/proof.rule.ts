/** An answer that gave an item under correction. */
export interface ProvingRead {
  /** ms since the epoch. */
  readonly at: number;
  readonly department: string;
  /** Hash of the operation. */
  readonly operation: string;
  readonly item: string;
  /** Keyed digest of the values; absent where they were masked. */
  readonly digest?: string | undefined;
}
export type ProofState =
  | 'NOT_READ_BEFORE' // nobody has read the item whole between acceptance and decision
  | 'NOT_READ_AGAIN' // nobody has asked the same again since the decision
  | 'UNCHANGED' // the value is what it was
  | 'CHANGED';

/** Compares what one operation of one department gave before the decision with what the same gave after it: a value that
 *  differs from the first one is proven to be changed at the source. The newest read counts.
 *  @param decided  ms since the epoch
 *  @source QZ-7.2f, CZ-14c */
export function proveChange(reads: readonly ProvingRead[], item: string, decided: number): ProofState {
  const own = reads.filter((read) => read.item === item && read.digest !== undefined);
  const pairs = [...Map.groupBy(own, ({ department, operation }) => `${department} ${operation}`).values()].map(
    (same) => [same.find(({ at }) => at <= decided), same.findLast(({ at }) => at > decided)] as const,
  );
  if (pairs.some(([before, after]) => before && after && before.digest !== after.digest)) return 'CHANGED';
  if (pairs.some(([before, after]) => before && after)) return 'UNCHANGED';
  return pairs.some(([before]) => before) ? 'NOT_READ_AGAIN' : 'NOT_READ_BEFORE';
}

/** Consecutive records of one chain, stated by their ends. */
export interface SequenceRange {
  readonly writer: string;
  /** Number of the first, and the hash of the record before it. */
  readonly first: number;
  readonly prev: string;
  /** Number and hash of the last. */
  readonly last: number;
  readonly hash: string;
}

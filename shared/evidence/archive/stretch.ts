/** Records of one chain that follow one another, of which only the ends are told. */
export interface Stretch {
  readonly writer: string;
  /** Number of the first, and the hash of the record before it. */
  readonly first: number;
  readonly prev: string;
  /** Number and hash of the last. */
  readonly last: number;
  readonly hash: string;
}

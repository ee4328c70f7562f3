/** That a chain's record of a number has a hash, and who says so. */
export interface Vouch {
  readonly seq: number;
  readonly hash: string;
  /** In words, for a finding: "a signed head". */
  readonly by: string;
}

/** Vouches in the order of their records. */
export const inOrder = (vouches: readonly Vouch[]): readonly Vouch[] => [...vouches].sort((a, b) => a.seq - b.seq);

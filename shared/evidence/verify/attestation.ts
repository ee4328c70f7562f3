/** A statement that a record of a chain has a certain hash. */
export interface Attestation {
  readonly seq: number;
  readonly hash: string;
  /** The statement's origin, in words for a finding: "a signed head". */
  readonly source: string;
}

/** Sorts attestations by the numbers of their records. */
export const sortAttestations = (attestations: readonly Attestation[]): readonly Attestation[] =>
  [...attestations].sort((a, b) => a.seq - b.seq);

/** Kinds of tampering with evidence: a record's bytes changed; a record taken out; one put in; records in another order; an end
 *  that a signed head vouches for, cut off. */
export type FaultKind = 'altered' | 'dropped' | 'inserted' | 'reordered' | 'truncated';

/** The first thing that is wrong with a chain. Behind it nothing of that chain is vouched for. */
export interface Finding {
  readonly kind: FaultKind;
  readonly writer: string;
  /** File in which it shows; absent when that file is gone. */
  readonly file?: string;
  /** Number of the first bad record; of a bad head, the number of the newest record that is still vouched for. */
  readonly seq: number;
  /** Number of the last record among which the bad one is, where it cannot be told more closely. */
  readonly until?: number;
  /** In words, for the auditor. */
  readonly message: string;
}
